import * as oidc from 'openid-client'
import { readCookie } from '#kernel/cookies.ts'
import { sql } from '#kernel/db/sql.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { hashToken } from '#kernel/tokens.ts'
import { record } from '../identity/record.ts'
import { startSession, type Visit } from '../identity/start-session.ts'
import { countTry, linkCounters } from '../identity/throttle.ts'
import { asIdentity, type Identity } from '../identity.ts'
import type { providersContract } from './contract.ts'
import { type Flow, keepFlow, returnAddress, takeFlow } from './flow-cookie.ts'
import { configurationOf, type Provider, providerOf, sentenceOf } from './provider.ts'

type Contract = typeof providersContract

/**
 * Begins a sign-in at a provider: answers where the browser goes. State, nonce and the PKCE verifier stay in this browser's
 * sealed cookie; the state is good once.
 */
export async function beginProvider(call: Call<Contract['beginProvider']>) {
  const { body, deps, request } = call
  if (request.portal) throw notFound()
  const { provider, linking } = await asIdentity(deps.pools.identity, async (identity) => ({
    provider: await providerOf(identity, body.accountId, body.providerId),
    linking: body.link ? await whoIsHere(identity, readCookie('session', call)) : null,
  }))
  if (body.link && !linking) throw new Problem('prove_again')
  const configuration = await configurationOf(provider, body.providerId, deps)
  const verifier = oidc.randomPKCECodeVerifier()
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()]
  await asIdentity(deps.pools.identity, async (identity) => {
    await countTry(identity, linkCounters(request))
    await identity.rows(sql`
      insert into identity.one_time_tokens (token_hash, purpose, expires_at)
      values (${hashToken(state)}, 'provider', app.now() + interval '10 minutes')`)
  })
  keepFlow({ accountId: body.accountId, providerId: body.providerId, state, nonce, verifier, linking }, call)
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: returnAddress(deps),
    scope: provider.scopes,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  return { url: url.href }
}

/** Who is signed in in this browser and has lately shown who he is, not by a provider. */
const whoIsHere = async (identity: Identity, cookie: string | undefined) =>
  (
    await identity.first(sql<{ user_id: string }>`
      select b.user_id from access.person_behind(${hashToken(cookie ?? '')}, 'web', '') b join identity.sessions s on s.id = b.session_id
       where s.provider_id is null and s.proved_at > app.now() - interval '15 minutes'`)
  )?.user_id ?? null

const reasons: Record<string, string> = {
  off: 'This way of signing in is switched off.',
  other_address: 'The provider names another e-mail address than yours here: sign in there as yourself.',
  known_address:
    'This e-mail address has a password here already. Sign in with it, then connect the provider under My account.',
  no_place: 'There is no place for you in this account: ask an administrator to invite you.',
  no_group: 'None of your groups has a role in this account: ask an administrator.',
}

/**
 * Ends a sign-in at a provider: the browser is the one that began it, the answer is the provider's, about this sign-in, for
 * us, and about a verified address. What that is worth, the database says.
 * @throws Problem link_spent, provider_refused, provider_unreachable
 */
export async function finishProvider(call: Call<Contract['finishProvider']>) {
  const { body, deps, request } = call
  const flow = takeFlow(call)
  if (!flow)
    throw new Problem('link_spent', 'This sign-in was begun in another browser, or too long ago: begin it again.')
  const provider = await asIdentity(deps.pools.identity, async (identity) => {
    const spent = await identity.first(sql`
      update identity.one_time_tokens set used_at = app.now()
       where token_hash = ${hashToken(flow.state)} and purpose = 'provider' and used_at is null and expires_at > app.now() returning 1`)
    if (!spent) throw new Problem('link_spent', 'This sign-in is over: begin it again.')
    return await providerOf(identity, flow.accountId, flow.providerId)
  })
  const claims = await claimsFor(provider, flow, body.query, call)
  return await asIdentity(deps.pools.identity, async (identity) => {
    const entered = (await identity.first(sql<{ outcome: string; person_id: string; seat_id: string }>`
      select * from access.enter_by_provider(${flow.accountId}, ${flow.providerId}, ${claims.subject}, ${claims.email}, ${claims.name},
                                             ${claims.groups}::text[], ${flow.linking}, ${request.id})`))!
    if (entered.outcome !== 'in') throw new Problem('provider_refused', reasons[entered.outcome])
    const seat = { accountId: flow.accountId, memberId: entered.seat_id, audience: 'staff' as const }
    const from = { userId: entered.person_id, memberId: entered.seat_id }
    if (flow.linking) {
      await record(identity, request.id, {
        ...from,
        action: 'provider.connected',
        changes: { provider: provider.name },
      })
      return { audience: 'staff' as const, linked: true }
    }
    await startSession(identity, seat, call, { providerId: flow.providerId })
    await record(identity, request.id, { ...from, action: 'session.started', changes: { provider: provider.name } })
    return { audience: 'staff' as const, linked: false }
  })
}

interface Claims {
  subject: string
  email: string
  name: string
  groups: string[]
}

/** @throws Problem provider_refused, provider_unreachable */
async function claimsFor(provider: Provider, flow: Flow, query: string, { deps }: Visit): Promise<Claims> {
  const configuration = await configurationOf(provider, flow.providerId, deps)
  const back = new URL(returnAddress(deps))
  back.search = query
  const refused = back.searchParams.get('error')
  if (refused) throw new Problem('provider_refused', `${provider.name} says: ${refused.slice(0, 100)}.`)
  const tokens = await oidc
    .authorizationCodeGrant(configuration, back, {
      pkceCodeVerifier: flow.verifier,
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      idTokenExpected: true,
    })
    .catch((error) => {
      throw new Problem('provider_refused', `The answer of ${provider.name} does not fit: ${sentenceOf(error)}`)
    })
  const told = tokens.claims()!
  if (typeof told.email !== 'string' || told.email_verified !== true || !/^[^\s@]+@[^\s@]+$/.test(told.email))
    throw new Problem('provider_refused', `${provider.name} does not say that your e-mail address is verified.`)
  const groups = provider.group_claim ? told[provider.group_claim] : []
  return {
    subject: told.sub,
    email: told.email.slice(0, 254),
    name: (typeof told.name === 'string' ? told.name : '').trim().slice(0, 120),
    groups: (Array.isArray(groups) ? groups : [groups]).filter((one) => typeof one === 'string').slice(0, 1_000),
  }
}
