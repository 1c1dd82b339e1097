import { contract, Id, Nullable, Type } from '#kernel/endpoint.ts'

/** Null: he may not see what it counts. */
const Figure = Nullable(Type.Integer())

export const dashboardContract = contract({
  getPortalDashboard: {
    method: 'GET',
    path: '/portal/dashboard',
    allow: 'portal:dashboard',
    summary: 'The figures of a client’s own company: each is what the list with the same filter says',
    response: Type.Object({
      /** Orders that are neither wholly shipped, nor held, nor cancelled. */
      open: Figure,
      onHold: Figure,
      /** Orders of which something left in the last seven days, today among them. */
      shippedLately: Figure,
      /** Orders with lines that wait for stock. */
      waiting: Figure,
      /** Products below the level that was set for them, in each warehouse where they are. */
      lowStock: Figure,
      /** Stock transfers that are neither received nor closed. */
      transfers: Figure,
      /** What the host wrote and he has not read. */
      unread: Figure,
      /** Open orders and those on hold of each of his stores. */
      stores: Type.Array(Type.Object({ id: Id, name: Type.String(), open: Type.Integer(), onHold: Type.Integer() })),
    }),
  },
})
