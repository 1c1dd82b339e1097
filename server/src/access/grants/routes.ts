import { sql } from '#kernel/db/sql.ts'
import type { Handlers } from '#kernel/routes.ts'
import { deactivateBatch, inviteBatch, pastedPeople } from './batch.ts'
import type { grantsContract } from './contract.ts'
import { previewGrant } from './preview.ts'

interface Choice {
  id: string
  name: string
}

export const grantsHandlers: Handlers<typeof grantsContract> = {
  async listScopeChoices({ tx }) {
    const party = (kind: 'client' | 'supplier') =>
      sql<Choice>`select id, name from access.parties where kind = ${kind} and archived_at is null order by lower(name), id`
    const [stores, clients, suppliers, warehouses] = await tx.all(
      sql<Choice & { clientId: string | null }>`
        select id, name, client_party_id as "clientId" from channels.stores order by lower(name), id`,
      party('client'),
      party('supplier'),
      sql<Choice>`select id, name from stock.warehouses order by lower(name), id`,
    )
    return { stores, clients, suppliers, warehouses }
  },
  previewGrant: ({ tx, body }) => previewGrant(tx, body),
  async readPastedPeople({ tx, body }) {
    return { rows: await pastedPeople(tx, body.list) }
  },
  inviteBatch: ({ tx, body }) => inviteBatch(tx, body),
  deactivateBatch: ({ tx, params }) => deactivateBatch(tx, params.name),
}
