import { createReadStream } from 'node:fs'
import { sql } from '#kernel/db/sql.ts'
import { notFound } from '#kernel/problem.ts'
import type { Handlers } from '#kernel/routes.ts'
import { pathOf } from '#kernel/upload.ts'
import { addPhoto } from './commands/add-photo.ts'
import { cancelTransfer, closeTransfer } from './commands/cancel-transfer.ts'
import { commentTransfer } from './commands/comment-transfer.ts'
import { confirmTransfer } from './commands/confirm-transfer.ts'
import { createTransfer } from './commands/create-transfer.ts'
import { announceTransfer, cloneTransfer, editTransfer } from './commands/edit-transfer.ts'
import { receiveTransfer, verifyTransfer } from './commands/receive-transfer.ts'
import { arriveTransfer, deliverTransfer, shipTransfer } from './commands/ship-transfer.ts'
import { takeInTransfer } from './commands/take-in-transfer.ts'
import type { transfersContract } from './contract.ts'
import { transfersFile } from './queries/export-transfers.ts'
import { getTransfer } from './queries/get-transfer.ts'
import { listTransferChoices, listTransfers } from './queries/list-transfers.ts'
import { sheetOf } from './queries/sheet.ts'
import { printSheet } from './sheet.ts'

export const transfersHandlers: Handlers<typeof transfersContract> = {
  listTransfers,
  async exportTransfers({ query: { language, ...filter }, stream, reply }) {
    reply.header('content-disposition', 'attachment; filename="transfers.csv"')
    return stream((tx) => transfersFile(tx, filter, language ?? 'en'))
  },
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
  async confirmTransfer({ tx, params }) {
    await confirmTransfer(tx, params.id)
    return await getTransfer(tx, params.id)
  },
  async addTransferPhoto({ tx, params, deps, file }) {
    await addPhoto(tx, deps, params.id, file)
    return await getTransfer(tx, params.id)
  },
  async getTransferPhoto({ tx, params, deps, reply }) {
    const photo = await tx.first(sql<{ type: string }>`
      select media_type as type from transfers.photos where id = ${params.photoId} and transfer_id = ${params.id}`)
    if (!photo) throw notFound()
    reply.header('content-disposition', `attachment; filename="photo.${photo.type.slice('image/'.length)}"`)
    return createReadStream(pathOf(deps, params.photoId))
  },
  async printTransfer({ tx, params, query, reply }) {
    const sheet = await sheetOf(tx, params.id)
    reply.header('content-disposition', `inline; filename="${sheet.number}.pdf"`)
    return await printSheet(sheet, query.language)
  },
}
