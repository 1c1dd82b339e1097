import { clearCookie, readCookie, setCookie } from '#kernel/cookies.ts'
import type { Deps } from '#kernel/deps.ts'
import { seal, unseal } from '../identity/seal.ts'
import type { Visit } from '../identity/start-session.ts'

/** What this browser remembers between leaving for the provider and coming back. Sealed: nobody reads or makes one. */
export interface Flow {
  accountId: string
  providerId: string
  state: string
  nonce: string
  verifier: string
  /** The person who is signed in here and joins the provider to himself. */
  linking: string | null
  until: number
}

const sealedFor = 'crossdock_provider'
const minutes = 10

export function keepFlow(flow: Omit<Flow, 'until'>, visit: Visit): void {
  const { deps } = visit
  const kept: Flow = { ...flow, until: deps.now().getTime() + minutes * 60_000 }
  const sealed = seal(deps.secret, sealedFor, 'browser', JSON.stringify(kept)).toString('base64url')
  setCookie('provider', sealed, { maxAge: minutes * 60, sameSite: 'strict' }, visit)
}

/** Takes it out of the browser; undefined where there is none, or its time is over. */
export function takeFlow(visit: Visit): Flow | undefined {
  const { deps } = visit
  const sealed = readCookie('provider', visit)
  clearCookie('provider', visit)
  const text = sealed && unseal(deps.secret, sealedFor, 'browser', Buffer.from(sealed, 'base64url'))
  const flow = text ? (JSON.parse(text) as Flow) : undefined
  return flow && flow.until > deps.now().getTime() ? flow : undefined
}

/** Where the provider sends people back to: a page, which hands on what came with them. */
export const returnAddress = (deps: Deps) => `${deps.publicUrl}/sign-in/back`
