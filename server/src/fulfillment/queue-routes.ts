import type { Handlers } from '#kernel/routes.ts'
import { accept, reject } from './commands/answer.ts'
import { listAssignees, setAssignee } from './commands/set-assignee.ts'
import { shipFulfillmentOrder } from './commands/ship.ts'
import { shipMany } from './commands/ship-many.ts'
import { exportQueue } from './queries/export-queue.ts'
import { countQueue, getQueueItem, listQueue } from './queries/queue.ts'
import { slipsOf } from './queries/slips.ts'
import type { queueContract } from './queue-contract.ts'
import { printSlips } from './slip.ts'

export const queueHandlers: Handlers<typeof queueContract> = {
  listQueue,
  countQueue: ({ tx }) => countQueue(tx),
  getQueueItem: ({ tx, params }) => getQueueItem(tx, params.id),
  async listQueueAssignees({ tx }) {
    return { items: await listAssignees(tx) }
  },
  handQueueItems: ({ tx, body }) => setAssignee(tx, body.ids, body.memberId),
  async acceptQueueItem({ tx, params, body }) {
    await accept(tx, params.id, body.lines)
    return await getQueueItem(tx, params.id)
  },
  async rejectQueueItem({ tx, params, body }) {
    await reject(tx, params.id, body.reason, body.lines)
    return await getQueueItem(tx, params.id)
  },
  async shipQueueItem({ tx, params, body }) {
    await shipFulfillmentOrder(tx, params.id, body)
    return await getQueueItem(tx, params.id)
  },
  shipQueue: ({ tx, body }) => shipMany(tx, body),
  async printQueueSlip({ tx, params, query, reply }) {
    const slips = await slipsOf(tx, [params.id])
    reply.header('content-disposition', 'inline; filename="slip.pdf"')
    return printSlips(slips, query.language)
  },
  async printQueueSlips({ tx, query, reply }) {
    const slips = await slipsOf(tx, [...new Set(query.ids)])
    reply.header('content-disposition', 'inline; filename="slips.pdf"')
    return printSlips(slips, query.language)
  },
  async exportQueue({ tx, query, reply }) {
    reply.header('content-disposition', 'attachment; filename="queue.csv"')
    return exportQueue(tx, query)
  },
}
