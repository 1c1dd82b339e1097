import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { explainConstraints } from '#kernel/db/errors.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, Problem } from '#kernel/problem.ts'

explainConstraints({
  parties_by_name: () =>
    new Problem('already_exists', 'There is a company of that name already.', {
      errors: [{ field: 'name', message: 'is taken' }],
    }),
})

/**
 * A company that ships for the account. Its users are invited apart.
 * @returns its id
 * @throws Problem already_exists where a supplier has that name, in whatever case
 */
export async function createSupplier(
  tx: Tx,
  supplier: { name: string; email?: string | null; locale?: 'en' | 'fr' },
): Promise<string> {
  const id = uuidv7()
  const name = supplier.name.trim()
  if (name === '') throw invalid('name', 'must not be blank')
  await tx.rows(sql`
    insert into access.parties (account_id, id, kind, name, email, locale)
    values (app.account_id(), ${id}, 'supplier', ${name}, ${supplier.email ?? null}, ${supplier.locale ?? 'en'})`)
  await audit(tx, 'supplier.created', { kind: 'supplier', id }, { name })
  return id
}
