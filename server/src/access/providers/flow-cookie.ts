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

const cookie = 'crossdock_provider'
const path = '/api/v1/session/provider'
const minutes = 10

export function keepFlow(flow: Omit<Flow, 'until'>, { deps, reply }: Visit): void {
  const kept: Flow = { ...flow, until: deps.now().getTime() + minutes * 60_000 }
  reply.setCookie(cookie, seal(deps.secret, cookie, 'browser', JSON.stringify(kept)).toString('base64url'), {
    httpOnly: true,
    sameSite: 'strict',
    secure: deps.publicUrl.startsWith('https:'),
    path,
    maxAge: minutes * 60,
  })
}

/** Takes it out of the browser; undefined where there is none, or its time is over. */
export function takeFlow({ deps, request, reply }: Visit): Flow | undefined {
  const sealed = request.cookies[cookie]
  reply.clearCookie(cookie, { path })
  const text = sealed && unseal(deps.secret, cookie, 'browser', Buffer.from(sealed, 'base64url'))
  const flow = text ? (JSON.parse(text) as Flow) : undefined
  return flow && flow.until > deps.now().getTime() ? flow : undefined
}

/** Where the provider sends people back to: a page, which hands on what came with them. */
export const returnAddress = (deps: Deps) => `${deps.publicUrl}/sign-in/back`
