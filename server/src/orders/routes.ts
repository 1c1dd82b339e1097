import { sql } from '#kernel/db/sql.ts'
import type { Handlers } from '#kernel/routes.ts'
import { cancelOrder } from './commands/cancel-order.ts'
import { commentOrder, readComments } from './commands/comment-order.ts'
import { createOrder, createOrders } from './commands/create-orders.ts'
import { editOrder } from './commands/edit-order.ts'
import { holdOrder, releaseOrder } from './commands/hold-order.ts'
import { raiseIssue, resolveIssue } from './commands/resolve-issue.ts'
import { tagOrder, untagOrder } from './commands/tag-order.ts'
import type { ordersContract } from './contract.ts'
import { OrdersFile, recordExport, recordManifest } from './export/export-orders.ts'
import { forgetExportPreset, keepExportPreset, listExportChoices } from './export/presets.ts'
import { countByStatus, countOrders } from './queries/count-orders.ts'
import { getOrder } from './queries/get-order.ts'
import { listOrders } from './queries/list-orders.ts'

export const ordersHandlers: Handlers<typeof ordersContract> = {
  listOrders,
  countOrders: ({ tx, query }) => countOrders(tx, query),
  countByStatus: ({ tx }) => countByStatus(tx),
  createOrder: ({ tx, body, deps }) => createOrder(tx, body, deps.now()),
  createOrders: ({ tx, body, deps }) => createOrders(tx, body.orders, body.mode ?? 'all', deps.now()),
  getOrder: ({ tx, params }) => getOrder(tx, params.id),
  async listProductTagsOnOrders({ tx, query }) {
    const wanted = query.q ?? ''
    const rows = await tx.rows(sql<{ tag: string }>`
      select distinct tag from orders.line_tags where lower(tag) >= lower(${wanted}) and lower(tag) < lower(${wanted}) || ${'\u{10FFFF}'} order by tag limit 100`)
    return { items: rows.map(({ tag }) => tag) }
  },
  editOrder: ({ tx, params, version, body }) => editOrder(tx, params.id, version, body),
  holdOrder: ({ tx, params, body }) => holdOrder(tx, params.id, body),
  releaseOrder: ({ tx, params }) => releaseOrder(tx, params.id),
  cancelOrder: ({ tx, params, body }) => cancelOrder(tx, params.id, body),
  tagOrder: ({ tx, params, body }) => tagOrder(tx, params.id, body),
  untagOrder: ({ tx, params, query }) => untagOrder(tx, params.id, query),
  commentOrder: ({ tx, params, body }) => commentOrder(tx, params.id, body),
  readComments: ({ tx, params, body }) => readComments(tx, params.id, body),
  raiseIssue: ({ tx, params, body }) => raiseIssue(tx, params.id, body),
  resolveIssue: ({ tx, params, query }) => resolveIssue(tx, params.id, query.how),
  listExportChoices: ({ tx }) => listExportChoices(tx),
  keepExportPreset: ({ tx, body }) => keepExportPreset(tx, body),
  forgetExportPreset: ({ tx, params }) => forgetExportPreset(tx, params.id),
  async exportOrders({ tx, body, stream, reply }) {
    const id = await recordExport(tx, body)
    const file = new OrdersFile(body, { byteOrderMark: true })
    reply.header('content-disposition', 'attachment; filename="orders.csv"')
    // What the file came to is known when it has left: who reads trailers can tell that he has all of it.
    reply.trailer('crossdock-lines', async () => String(file.manifest().lines))
    reply.trailer('repr-digest', async () => {
      const digest = Buffer.from(file.manifest().sha256, 'hex').toString('base64')
      return `sha-256=:${digest}:`
    })
    return stream(
      (snapshot) => file.pieces(snapshot),
      (after) => recordManifest(after, id, file.manifest()),
    )
  },
}
