import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import { Problem } from '#kernel/problem.ts'
import type { Handlers } from '#kernel/routes.ts'
import { asIdentity } from '../identity.ts'
import type { providersContract } from './contract.ts'
import { discover } from './provider.ts'
import { changeProvider, createProvider, listProviders } from './settings.ts'
import { beginProvider, finishProvider } from './sign-in.ts'
import { listPlaces, switchPlace } from './switch-place.ts'

export const providersHandlers: Handlers<typeof providersContract> = {
  // No client comes in by the host's provider, so a portal offers none.
  listProvidersOffered: ({ query, deps, request }) =>
    asIdentity(deps.pools.identity, async (identity) => ({
      items: request.portal
        ? []
        : await identity.rows(sql<{ accountId: string; id: string; name: string }>`
        select account_id as "accountId", id, name from access.providers_offered(${query.accountId ?? null}, ${query.domain ?? null})`),
    })),
  beginProvider,
  finishProvider,
  listPlaces: ({ tx }) => listPlaces(tx),
  switchPlace,
  listProviders: ({ tx, deps }) => listProviders(tx, deps),
  createProvider: ({ tx, body, deps }) => createProvider(tx, body, deps),
  changeProvider: ({ tx, params, version, body, deps }) => changeProvider(tx, params.id, version, body, deps),
  async testProvider({ tx, body, deps }) {
    await audit(tx, 'provider.tested', { kind: 'account', id: tx.who.accountId }, { issuer: body.issuer })
    try {
      const found = (await discover(body.issuer, 'crossdock', 'test', deps)).serverMetadata()
      return { ok: true, says: `${found.issuer} answers and can be used.` }
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      return { ok: false, says: problem.detail }
    }
  },
}
