import { audienceOf } from '#kernel/audience.ts'
import type { Handlers } from '#kernel/routes.ts'
import { changeImport } from './commands/change-import.ts'
import { createImport } from './commands/create-import.ts'
import { keepMapping, removeMapping } from './commands/keep-mapping.ts'
import { byJob, cancel, resume, startCheck, startRun } from './commands/steps.ts'
import type { intakeContract } from './contract.ts'
import { getImport, listImports } from './queries/get-import.ts'
import { listMappings } from './queries/mappings.ts'
import { listRejections, rejectedRows } from './queries/rejections.ts'
import { template } from './queries/template.ts'

const attachment = (name: string) => `attachment; filename="${name}"`

export const intakeHandlers: Handlers<typeof intakeContract> = {
  async createImport({ tx, deps, body, file }) {
    return await getImport(tx, deps, await createImport(tx, deps, body.kind, file))
  },
  listImports: ({ tx }) => listImports(tx),
  async getTemplate({ tx, query, reply }) {
    reply.header('content-disposition', attachment(`template-${query.kind}.csv`))
    const mine = query.kind === 'products' && (await audienceOf(tx)) === 'client'
    return template(mine ? 'own products' : query.kind, query.language ?? 'en')
  },
  getImport: ({ tx, deps, params }) => getImport(tx, deps, params.id),
  async changeImport({ tx, deps, params, version, body }) {
    await changeImport(tx, deps, params.id, version, body)
    return await getImport(tx, deps, params.id)
  },
  async checkImport({ tx, deps, params }) {
    await startCheck(tx, deps, params.id, byJob)
    return {}
  },
  async runImport({ tx, params }) {
    await startRun(tx, params.id, byJob)
    return {}
  },
  async cancelImport({ tx, params }) {
    await cancel(tx, params.id)
    return {}
  },
  async resumeImport({ tx, params }) {
    await resume(tx, params.id, byJob)
    return {}
  },
  listRejections,
  async getRejectedRows({ tx, deps, params, reply }) {
    const rows = await rejectedRows(tx, deps, params.id)
    reply.header('content-disposition', attachment('rejected-rows.csv'))
    return rows
  },
  listMappings: ({ tx, query }) => listMappings(tx, query.kind),
  keepMapping: ({ tx, deps, body }) => keepMapping(tx, deps, body),
  removeMapping: ({ tx, params }) => removeMapping(tx, params.id),
}
