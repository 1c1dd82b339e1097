import type pg from 'pg'
import { inTransaction } from '#kernel/db/client.ts'
import { type Located, asOwner as withOwner } from '#kernel/db/located.ts'
import type { Problem } from '#kernel/problem.ts'

/**
 * The operator's own hand: the owner login, for what happens on the console and has no session (accounts, keys, the demo).
 * Runs in one transaction.
 */
export async function asOwner<T>(prepared: Located, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return await withOwner(prepared.target, prepared.login, (client) => inTransaction(client, () => work(client)))
}

/** A mistake of the one who typed the command; its message is a sentence for him. */
export class Mistake extends Error {}

/** A refusal in the words of the command line: the fields and what is wrong with them, or the sentence. */
export const sentenceOf = (problem: Problem) =>
  problem.errors?.length
    ? problem.errors.map(({ field, message }) => `${field}: ${message}`).join('\n')
    : problem.detail

/**
 * The account of a name or an id.
 * @throws Mistake when there is none, or several of that name
 */
export async function accountNamed(client: pg.Client, name: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'select id from access.accounts where id::text = $1 or lower(name) = lower($1)',
    [name],
  )
  if (rows.length === 0) throw new Mistake(`There is no account "${name}".`)
  if (rows.length > 1) throw new Mistake(`There are several accounts named "${name}": give the id.`)
  return rows[0]!.id
}
