import { uuidv7 } from 'uuidv7'
import { sql } from '#kernel/db/sql.ts'
import { invalid } from '#kernel/problem.ts'
import type { Identity } from '../identity.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { expectStrong } from './strength.ts'

/** A person, whatever accounts he works in; one e-mail address is one person. */
export interface User {
  id: string
  password_hash: string | null
}

export const userByEmail = (identity: Identity, email: string) =>
  identity.first(sql<User>`
    select id, password_hash from identity.users where email_key = ${email.trim().toLowerCase()}`)

export const hasPassword = (user: User, password: string) => verifyPassword(user.password_hash, password)

export const wrongPassword = () => invalid('password', 'This address has a password here already: enter that one.')

interface NewUser {
  email: string
  name: string
  locale?: 'en' | 'fr' | undefined
}

/**
 * The argon2id hash of a new person's password. It takes long: before anything is locked.
 * @throws Problem invalid_request for a password that is guessed too easily
 */
export async function hashOfNew(person: NewUser & { password: string }): Promise<string> {
  await expectStrong(person.password, person)
  return await hashPassword(person.password)
}

/** Adds a user; of his password only the hash is kept. Returns his id. */
export async function addUser(
  identity: Identity,
  { email: given, ...person }: NewUser & { hash: string },
): Promise<string> {
  const id = uuidv7()
  const email = given.trim()
  await identity.rows(sql`
    insert into identity.users (id, email, email_key, name, password_hash, locale)
    values (${id}, ${email}, ${email.toLowerCase()}, ${person.name.trim()}, ${person.hash}, ${person.locale ?? 'en'})`)
  return id
}
