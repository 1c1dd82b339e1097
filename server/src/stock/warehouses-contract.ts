import { byId, Closed, contract, Id, Text, Type } from '#kernel/endpoint.ts'

const address = {
  line1: Text(0, 300),
  line2: Text(0, 300),
  city: Text(0, 200),
  region: Text(0, 200),
  postcode: Text(0, 40),
  country: Type.String({ pattern: '^([A-Z]{2})?$' }),
}
const Warehouse = Type.Object({
  id: Id,
  name: Type.String(),
  isDefault: Type.Boolean(),
  archived: Type.Boolean(),
  ...address,
  version: Type.Integer(),
})
const StoreOrder = Type.Object({
  store: Type.Object({ id: Id, name: Type.String() }),
  /** In this order they are asked; none: the default warehouse alone. */
  warehouseIds: Type.Array(Id),
  version: Type.Integer(),
})

/** Where stock is, and which warehouse is asked first for the orders of a store. */
export const warehousesContract = contract({
  listWarehouses: {
    method: 'GET',
    path: '/warehouses',
    allow: 'stock:read',
    summary: 'Warehouses by name',
    query: Closed({ archived: Type.Optional(Type.Boolean()) }),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          id: Id,
          name: Type.String(),
          /** Absent for a client: where they are he learns from his transfers. */
          details: Type.Optional(Warehouse),
        }),
      ),
    }),
  },
  createWarehouse: {
    method: 'POST',
    path: '/warehouses',
    allow: 'warehouses:edit',
    summary: 'Create a warehouse',
    body: Closed({ name: Text(1, 200), ...Type.Partial(Type.Object(address)).properties }),
    response: Warehouse,
    status: 201,
    refuses: ['already_exists'],
  },
  changeWarehouse: {
    method: 'PATCH',
    path: '/warehouses/:id',
    allow: 'warehouses:edit',
    summary: 'Change a warehouse, make it the default, or archive it when it is empty',
    params: byId,
    ifMatch: true,
    body: Closed({
      name: Type.Optional(Text(1, 200)),
      ...Type.Partial(Type.Object(address)).properties,
      isDefault: Type.Optional(Type.Literal(true)),
      archived: Type.Optional(Type.Boolean()),
    }),
    response: Warehouse,
    refuses: ['already_exists', 'wrong_state'],
  },
  listStoreWarehouses: {
    method: 'GET',
    path: '/stores/warehouses',
    allow: 'warehouses:edit',
    summary: 'Which warehouses are asked for the orders of each store, in which order',
    response: Type.Object({ items: Type.Array(StoreOrder) }),
  },
  orderStoreWarehouses: {
    method: 'PUT',
    path: '/stores/:id/warehouses',
    allow: 'warehouses:edit',
    summary: 'Say which warehouses are asked for the orders of a store from now on, in which order',
    params: byId,
    ifMatch: true,
    body: Closed({ warehouseIds: Type.Array(Id, { maxItems: 50, uniqueItems: true }) }),
    response: StoreOrder,
  },
})
