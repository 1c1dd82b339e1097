import { expect } from 'vitest'
import { accounts, type Name } from './cast.ts'
import { type Answer, at, type World } from './world.ts'

/** A form with fields and a file, as a browser sends it; `cut` leaves its end away. */
export function form(
  fields: Record<string, string>,
  file: { name: string; content: string | Buffer },
  cut = false,
): { body: Buffer; headers: Record<string, string> } {
  const boundary = 'a-boundary-of-tests'
  const part = (head: string, content: string | Buffer) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ])
  const parts = [
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value)),
    part(`name="file"; filename="${file.name}"\r\nContent-Type: text/csv`, file.content),
  ]
  const whole = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)])
  return {
    body: cut ? whole.subarray(0, Math.floor(whole.length * 0.6)) : whole,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

/** Uploads a file to be imported as one of the cast. */
export function upload(
  world: World,
  who: Name | null,
  kind: string,
  content: string | Buffer,
  options: { name?: string; cut?: boolean } = {},
): Promise<Answer> {
  const { body, headers } = form({ kind }, { name: options.name ?? `${kind}.csv`, content }, options.cut)
  return world.as(who, 'POST /imports', body, headers)
}

/** Upload, check and run, as the page does it; returns the import at its end. */
export async function importAll(world: World, who: Name, kind: string, content: string | Buffer, change: object = {}) {
  const { body: draft } = await upload(world, who, kind, content)
  if (Object.keys(change).length > 0)
    expect((await world.as(who, `PATCH /imports/${draft.id}`, change, at(1))).status).toBe(200)
  expect((await world.as(who, `POST /imports/${draft.id}/check`)).status).toBe(202)
  await world.drain()
  const checked = await world.as(who, `GET /imports/${draft.id}`)
  expect(checked.body.state).toBe('checked')
  expect((await world.as(who, `POST /imports/${draft.id}/run`)).status).toBe(202)
  await world.drain()
  return { draft, checked: checked.body, done: (await world.as(who, `GET /imports/${draft.id}`)).body }
}

/** A store of its own for a test. */
export async function newStore(world: World, name: string): Promise<string> {
  const { rows } = await world.owner.query(
    "insert into channels.stores (account_id, id, name, currency) values ($1, gen_random_uuid(), $2, 'EUR') returning id",
    [accounts.one.id, name],
  )
  return rows[0].id
}
