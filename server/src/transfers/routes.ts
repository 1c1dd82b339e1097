import type { Handlers } from '#kernel/routes.ts'
import { cancelTransfer, closeTransfer } from './commands/cancel-transfer.ts'
import { commentTransfer } from './commands/comment-transfer.ts'
import { createTransfer } from './commands/create-transfer.ts'
import { announceTransfer, cloneTransfer, editTransfer } from './commands/edit-transfer.ts'
import { receiveTransfer, verifyTransfer } from './commands/receive-transfer.ts'
import { arriveTransfer, deliverTransfer, shipTransfer } from './commands/ship-transfer.ts'
import { takeInTransfer } from './commands/take-in-transfer.ts'
import type { transfersContract } from './contract.ts'
import { getTransfer } from './queries/get-transfer.ts'
import { listTransferChoices, listTransfers } from './queries/list-transfers.ts'

export const transfersHandlers: Handlers<typeof transfersContract> = {
  listTransfers,
  listTransferChoices: ({ tx }) => listTransferChoices(tx),
  getTransfer: ({ tx, params }) => getTransfer(tx, params.id),
  async createTransfer({ tx, body }) {
    return await getTransfer(tx, await createTransfer(tx, body))
  },
  async takeInTransfer({ tx, body }) {
    return await getTransfer(tx, await takeInTransfer(tx, body))
  },
  async editTransfer({ tx, params, version, body }) {
    await editTransfer(tx, params.id, version, body)
    return await getTransfer(tx, params.id)
  },
  async cloneTransfer({ tx, params }) {
    return await getTransfer(tx, await cloneTransfer(tx, params.id))
  },
  async announceTransfer({ tx, params }) {
    await announceTransfer(tx, params.id)
    return await getTransfer(tx, params.id)
  },
  async shipTransfer({ tx, params, body }) {
    await shipTransfer(tx, params.id, body)
    return await getTransfer(tx, params.id)
  },
  async arriveTransfer({ tx, params }) {
    await arriveTransfer(tx, params.id)
    return await getTransfer(tx, params.id)
  },
  async deliverTransfer({ tx, params }) {
    await deliverTransfer(tx, params.id)
    return await getTransfer(tx, params.id)
  },
  async receiveTransfer({ tx, params, version, body }) {
    await receiveTransfer(tx, params.id, version, body)
    return await getTransfer(tx, params.id)
  },
  async verifyTransfer({ tx, params, version, body }) {
    await verifyTransfer(tx, params.id, version, body)
    return await getTransfer(tx, params.id)
  },
  async closeTransfer({ tx, params, version, body }) {
    await closeTransfer(tx, params.id, version, body)
    return await getTransfer(tx, params.id)
  },
  async cancelTransfer({ tx, params, version, body }) {
    await cancelTransfer(tx, params.id, version, body.reason)
    return await getTransfer(tx, params.id)
  },
  async commentTransfer({ tx, params, body }) {
    await commentTransfer(tx, params.id, body.text)
    return await getTransfer(tx, params.id)
  },
}
