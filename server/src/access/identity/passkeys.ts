import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { uuidv7 } from 'uuidv7'
import { sql, texts } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import { originOf } from '#kernel/door.ts'
import { Problem } from '#kernel/problem.ts'
import type { Identity } from '../identity.ts'
import type { Assertion, Attestation } from '../shapes.ts'
import type { Person } from './person.ts'
import { record } from './record.ts'
import type { Visit } from './start-session.ts'

const minutes = 5
type Purpose = 'add' | 'sign-in' | 'prove'

const isLoopback = (host: string) => host === 'localhost' || host === '127.0.0.1' || host === '[::1]'

/** For which site passkeys are: a portal's own host name; else the configured address; on this machine alone, whatever it was called by. */
function site({ deps, request }: { deps: Deps; request: FastifyRequest }) {
  const domain = request.portal?.domain
  if (domain) return { rpId: domain, origin: originOf(domain, deps) }
  const home = new URL(deps.publicUrl)
  return isLoopback(home.hostname) && isLoopback(request.hostname)
    ? { rpId: request.hostname, origin: `${request.protocol}://${request.host}` }
    : { rpId: home.hostname, origin: home.origin }
}

/** A challenge, good once and for some minutes. */
async function challenge(identity: Identity, purpose: Purpose, userId: string | null): Promise<string> {
  const text = randomBytes(32).toString('base64url')
  await identity.rows(sql`
    insert into identity.challenges (challenge, purpose, user_id, expires_at)
    values (${text}, ${purpose}, ${userId}, app.now() + ${minutes} * interval '1 minute')`)
  return text
}

const idsOf = async (identity: Identity, userId: string) =>
  (
    await identity.rows(
      sql<{
        credential_id: string
      }>`select credential_id from identity.passkeys where user_id = ${userId} order by created_at`,
    )
  ).map((row) => row.credential_id)

export async function askNewPasskey(identity: Identity, me: Person, visit: Visit) {
  return {
    challenge: await challenge(identity, 'add', me.userId),
    rpId: site(visit).rpId,
    userId: Buffer.from(me.userId.replaceAll('-', ''), 'hex').toString('base64url'),
    userName: me.email,
    displayName: me.name,
    exclude: await idsOf(identity, me.userId),
  }
}

/** @param userId whose passkey it must be; null: whoever has one here */
export async function askPasskey(
  identity: Identity,
  purpose: 'sign-in' | 'prove',
  userId: string | null,
  visit: Visit,
) {
  return {
    challenge: await challenge(identity, purpose, userId),
    rpId: site(visit).rpId,
    allow: userId ? await idsOf(identity, userId) : [],
  }
}

/** Uses up the challenge that was signed, if it is one of ours for this purpose and person. */
async function spend(identity: Identity, clientData: string, purpose: Purpose, userId: string | null): Promise<string> {
  let said: unknown
  try {
    said = JSON.parse(Buffer.from(clientData, 'base64url').toString()).challenge
  } catch {
    throw new Problem('passkey_refused')
  }
  const spent = await identity.first(sql<{ challenge: string }>`
    delete from identity.challenges
     where challenge = ${String(said)} and purpose = ${purpose} and user_id is not distinct from ${userId}::uuid and expires_at > app.now()
    returning challenge`)
  if (!spent) throw new Problem('passkey_refused')
  return spent.challenge
}

/**
 * Keeps a new passkey. It must have asked its owner for a PIN or a finger: it counts as two factors.
 * @throws Problem passkey_refused
 */
export async function addPasskey(
  identity: Identity,
  me: Person,
  name: string,
  passkey: Static<typeof Attestation>,
  visit: Visit,
): Promise<void> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const { rpId, origin } = site(visit)
  const expectedChallenge = await spend(identity, passkey.clientDataJSON, 'add', me.userId)
  const verified = await verifyRegistrationResponse({
    response: {
      id: passkey.id,
      rawId: passkey.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: passkey.clientDataJSON, attestationObject: passkey.attestationObject },
    },
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!verified?.verified) throw new Problem('passkey_refused')
  const { id, publicKey, counter } = verified.registrationInfo.credential
  const added = await identity.first(sql`
    insert into identity.passkeys (id, user_id, credential_id, public_key, counter, transports, name)
    values (${uuidv7()}, ${me.userId}, ${id}, ${Buffer.from(publicKey)}, ${counter}, ${texts(passkey.transports)}, ${name.trim()})
    on conflict (credential_id) do nothing returning 1`)
  if (!added) throw new Problem('passkey_refused')
  await record(identity, visit.request.id, { ...me, action: 'factor.added', changes: { kind: 'passkey', name } })
}

/**
 * Whose passkey signed this. A counter that went back means that it was copied.
 * @param userId whose it must be; null: anybody's
 * @throws Problem passkey_refused
 */
export async function ownerOf(
  identity: Identity,
  answer: Static<typeof Assertion>,
  purpose: 'sign-in' | 'prove',
  userId: string | null,
  visit: Visit,
): Promise<string> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const { rpId, origin } = site(visit)
  const expectedChallenge = await spend(identity, answer.clientDataJSON, purpose, userId)
  const key = await identity.first(sql<{ id: string; user_id: string; public_key: Buffer; counter: number }>`
    select id, user_id, public_key, counter from identity.passkeys where credential_id = ${answer.id} for update`)
  if (!key || (userId !== null && key.user_id !== userId)) throw new Problem('passkey_refused')
  const { id, ...response } = answer
  const verified = await verifyAuthenticationResponse({
    response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response: response as typeof answer },
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    credential: { id, publicKey: new Uint8Array(key.public_key), counter: key.counter },
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!verified?.verified) throw new Problem('passkey_refused')
  await identity.rows(sql`
    update identity.passkeys set counter = ${verified.authenticationInfo.newCounter}, used_at = app.now() where id = ${key.id}`)
  return key.user_id
}
