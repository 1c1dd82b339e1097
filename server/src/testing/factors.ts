import { generateSync } from 'otplib'
import { cookieOf, signIn } from './people.ts'
import type { Answer, World } from './world.ts'

/** The cookies that an answer set, by name, as a browser would send them back. */
export const jarOf = (...answers: Answer[]): string =>
  answers
    .flatMap((answer) => [answer.headers['set-cookie'] ?? []].flat() as string[])
    .map((line) => line.split(';')[0]!)
    .filter((pair) => !pair.endsWith('='))
    .join('; ')

/** The code that the app shows at that time; `step` steps of 30 s later or earlier. */
export const codeOf = (secret: string, at: Date, step = 0) =>
  generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) + step * 30 })

/** Gives somebody who is signed in an app for codes; returns its secret and the recovery codes. */
export async function addApp(world: World, cookie: string): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = (await world.as(null, 'POST /me/totp', undefined, { cookie })).body
  const code = codeOf(secret, world.deps.now(), -1)
  const confirmed = await world.as(null, 'POST /me/totp/confirm', { code }, { cookie })
  if (confirmed.status !== 200) throw new Error(confirmed.text)
  return { secret, recoveryCodes: confirmed.body.recoveryCodes }
}

/** Password and code: returns the Cookie header of the session. */
export async function signInWithApp(world: World, email: string, secret: string, step = 0): Promise<string> {
  const half = jarOf(await signIn(world, email))
  const code = codeOf(secret, world.deps.now(), step)
  return cookieOf(await world.as(null, 'POST /session/code', { code }, { cookie: half }))
}
