import { byId, Closed, contract, Email, Id, Locale, Nullable, Text, Type } from '#kernel/endpoint.ts'

const Supplier = Type.Object({
  id: Id,
  name: Type.String(),
  email: Nullable(Type.String()),
  /** The language of what is sent to it. */
  locale: Locale,
  archived: Type.Boolean(),
  version: Type.Integer(),
  /** Fulfillment orders it has still to ship. */
  open: Type.Integer(),
  /** Those of them whose ship-by day has passed. */
  late: Type.Integer(),
  /** Rejections that nobody has answered yet. */
  rejected: Type.Integer(),
  /** Active users of the supplier; absent for who may not see users. */
  users: Type.Optional(Type.Integer()),
  /** Automation rules that assign to it; absent for who may not see rules. */
  rules: Type.Optional(Type.Integer()),
})

export const suppliersContract = contract({
  listSuppliers: {
    method: 'GET',
    path: '/suppliers',
    allow: 'suppliers:read',
    summary: 'Suppliers by name, with what each has to do',
    query: Closed({ archived: Type.Optional(Type.Boolean()) }),
    response: Type.Object({ items: Type.Array(Supplier) }),
  },
  getSupplier: {
    method: 'GET',
    path: '/suppliers/:id',
    allow: 'suppliers:read',
    summary: 'One supplier',
    params: byId,
    response: Supplier,
  },
  createSupplier: {
    method: 'POST',
    path: '/suppliers',
    allow: 'suppliers:edit',
    summary: 'Create a supplier',
    body: Closed({
      name: Text(1, 200),
      email: Type.Optional(Nullable(Email)),
      locale: Type.Optional(Locale),
    }),
    response: Supplier,
    status: 201,
    refuses: ['already_exists'],
  },
  changeSupplier: {
    method: 'PATCH',
    path: '/suppliers/:id',
    allow: 'suppliers:edit',
    summary: 'Change a supplier, or archive it: its users are refused from their next request on',
    params: byId,
    ifMatch: true,
    body: Closed({
      name: Type.Optional(Text(1, 200)),
      email: Type.Optional(Nullable(Email)),
      locale: Type.Optional(Locale),
      archived: Type.Optional(Type.Boolean()),
    }),
    response: Supplier,
    refuses: ['already_exists'],
  },
})
