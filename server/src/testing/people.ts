import { cookieName, type Name, portal } from './cast.ts'
import type { Answer, World } from './world.ts'

/** A new person's way in, told through HTTP: invited, the link revealed, accepted. */
export const password = 'four plain words together'

/** The Cookie header a browser would send after this answer. */
export function cookieOf(answer: Answer): string {
  const set = [answer.headers['set-cookie']].flat().join('\n')
  const found = new RegExp(`(?:${cookieName}|${portal.cookie})=[^;]+`).exec(set)
  if (!found) throw new Error(`no session came with ${answer.status} ${answer.text}`)
  return found[0]
}

/** Invites by A1 unless said otherwise; returns the invitation's id. */
export async function invite(world: World, body: object, who: Name = 'A1'): Promise<string> {
  const answer = await world.as(who, 'POST /invitations', { role: 'customer-service', ...body })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body.id
}

/** Reveals the newest link that waits for this address; returns its token. */
export const reveal = async (world: World, email: string, who: Name = 'A1') =>
  tokenIn(await revealLink(world, email, who))

export async function revealLink(world: World, email: string, who: Name = 'A1'): Promise<string> {
  const { body } = await world.as(who, 'GET /outbox')
  const mail = body.items.find((item: { recipient: string }) => item.recipient === email)
  const answer = await world.as(who, `POST /outbox/${mail.id}/reveal`)
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body.link
}
export const tokenIn = (text: string) => /#token=([\w-]+)/.exec(text)![1]!

/** @param base the portal's, for a client */
export const accept = (
  world: World,
  token: string,
  change: object = {},
  headers?: Record<string, string>,
  base: string = '',
) =>
  world.as(null, `POST ${base}/api/v1/invitations/accept`, { token, name: 'Nora Quist', password, ...change }, headers)

/** All of it at once: returns the Cookie header of the person who has just come in. */
export async function bringIn(world: World, body: { email: string } & Record<string, unknown>): Promise<string> {
  await invite(world, body)
  const link = await revealLink(world, body.email)
  return cookieOf(await accept(world, tokenIn(link), {}, undefined, /\/p\/[^/]+/.exec(link)?.[0]))
}

export const signIn = (world: World, email: string, secret = password, headers: Record<string, string> = {}) =>
  world.as(null, 'POST /session', { email, password: secret }, headers)
