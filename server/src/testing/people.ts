import { cookieName, type Name } from './cast.ts'
import type { Answer, World } from './world.ts'

/** A new person's way in, told through HTTP: invited, the link revealed, accepted. */
export const password = 'four plain words together'

/** The Cookie header a browser would send after this answer. */
export function cookieOf(answer: Answer): string {
  const set = [answer.headers['set-cookie']].flat().join('\n')
  const value = new RegExp(`${cookieName}=([^;]+)`).exec(set)?.[1]
  if (!value) throw new Error(`no session came with ${answer.status} ${answer.text}`)
  return `${cookieName}=${value}`
}

/** Invites by A1 unless said otherwise; returns the invitation's id. */
export async function invite(world: World, body: object, who: Name = 'A1'): Promise<string> {
  const answer = await world.as(who, 'POST /invitations', { role: 'customer-service', ...body })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body.id
}

/** Reveals the newest link that waits for this address; returns its token. */
export async function reveal(world: World, email: string, who: Name = 'A1'): Promise<string> {
  const { body } = await world.as(who, 'GET /outbox')
  const mail = body.items.find((item: { recipient: string }) => item.recipient === email)
  const answer = await world.as(who, `POST /outbox/${mail.id}/reveal`)
  if (answer.status !== 200) throw new Error(answer.text)
  return tokenIn(answer.body.link)
}
export const tokenIn = (text: string) => /#token=([\w-]+)/.exec(text)![1]!

export const accept = (world: World, token: string, change: object = {}, headers?: Record<string, string>) =>
  world.as(null, 'POST /invitations/accept', { token, name: 'Nora Quist', password, ...change }, headers)

/** All of it at once: returns the Cookie header of the person who has just come in. */
export async function bringIn(world: World, body: { email: string } & Record<string, unknown>): Promise<string> {
  await invite(world, body)
  return cookieOf(await accept(world, await reveal(world, body.email)))
}

export const signIn = (world: World, email: string, secret = password, headers: Record<string, string> = {}) =>
  world.as(null, 'POST /session', { email, password: secret }, headers)
