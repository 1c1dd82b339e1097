import { byId, Closed, contract, Id, Nullable, Text, Type } from '#kernel/endpoint.ts'

const Currency = Type.String({ pattern: '^[A-Z]{3}$' })
const Store = Type.Object({
  id: Id,
  name: Type.String(),
  channel: Type.String(),
  /** Of orders that come without one. */
  currency: Type.String(),
  /** Into which files and hand-made orders go where nobody says another. */
  isDefault: Type.Boolean(),
  /** Whose orders they are; null: the house's own, or those of a client the reader may not see. */
  client: Nullable(Type.Object({ id: Id, name: Type.String() })),
  version: Type.Integer(),
})

export const storesContract = contract({
  listStores: {
    method: 'GET',
    path: '/stores',
    allow: 'stores:edit',
    summary: 'Stores by name',
    response: Type.Object({ items: Type.Array(Store) }),
  },
  createStore: {
    method: 'POST',
    path: '/stores',
    allow: 'stores:edit',
    summary: 'Create a store of the house; a client gets it on his page',
    body: Closed({ name: Text(1, 120), currency: Currency }),
    response: Store,
    status: 201,
    refuses: ['already_exists'],
  },
  changeStore: {
    method: 'PATCH',
    path: '/stores/:id',
    allow: 'stores:edit',
    summary: 'Rename a store, or give it another currency: orders that are there keep theirs',
    params: byId,
    ifMatch: true,
    body: Closed({ name: Type.Optional(Text(1, 120)), currency: Type.Optional(Currency) }),
    response: Store,
    refuses: ['already_exists'],
  },
})
