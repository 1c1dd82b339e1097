import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { Input, ResponseOf } from './api.ts'
import { portal } from './portal.ts'

/** Whether this browser knows passkeys: not on plain http, except on the machine itself. */
export const knowsPasskeys = browserSupportsWebAuthn

type Assertion = Input<'POST /session/passkey'>['body']
type Attestation = Input<'POST /me/passkeys'>['body']['passkey']

/** Lets the browser ask a passkey to sign. Throws where the person turns away. */
export async function askPasskey({
  challenge,
  rpId,
  allow,
}: ResponseOf<'POST /session/passkey/ask'>): Promise<Assertion> {
  const { id, response } = await startAuthentication({
    optionsJSON: {
      challenge,
      rpId,
      userVerification: 'required',
      allowCredentials: allow.map((one) => ({ id: one, type: 'public-key' })),
    },
  })
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return { id, clientDataJSON, authenticatorData, signature, ...(userHandle && { userHandle }) }
}

/** Lets the browser make a passkey. */
export async function makePasskey(asked: ResponseOf<'POST /me/passkeys/ask'>): Promise<Attestation> {
  const { id, response } = await startRegistration({
    optionsJSON: {
      challenge: asked.challenge,
      rp: { id: asked.rpId, name: portal?.name ?? 'Crossdock' },
      user: { id: asked.userId, name: asked.userName, displayName: asked.displayName },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ alg, type: 'public-key' })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: asked.exclude.map((one) => ({ id: one, type: 'public-key' })),
      attestation: 'none',
    },
  })
  const { clientDataJSON, attestationObject, transports = [] } = response
  return { id, clientDataJSON, attestationObject, transports }
}

/** He closed the browser's own question: nothing to complain about. */
export const turnedAway = (error: unknown) => error instanceof Error && /NotAllowed|Abort/.test(error.name)
