import { uuidv7 } from 'uuidv7'
import { signErasure, signingKey, valuesErased } from '#access'
import { eraseRows, type KeptFile } from '#intake'
import { audit } from '#kernel/audit.ts'
import { sql, texts, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import type { Permission } from '#kernel/permissions.ts'
import { Problem } from '#kernel/problem.ts'
import { digits, fingerprint } from '../queries/find-buyer.ts'
import { type Identity, identityOf } from '../queries/identity.ts'
import { keepTombstone } from '../tombstones.ts'

/** In whose name it is done: a job's owner, or the command line. */
export interface Hand {
  deps: Deps
  accountId: string
  write<T>(permission: Permission, work: (tx: Tx) => Promise<T>): Promise<T>
}

/**
 * Erases the buyer of orders that have left: first from the files, then from the tables, in one transaction with the entry
 * that says so; then outside the database, so that a restore can be followed by the same erasure. Done again, it comes to the same.
 * @throws Problem not_found, wrong_state for an order that has not left
 */
export async function eraseOrders(hand: Hand, orderIds: string[]): Promise<void> {
  const { deps, accountId } = hand
  const person = await hand.write('privacy:manage', (tx) => identityOf(tx, orderIds))
  if (person.open.length > 0) throw stillOpen(person)
  if (person.orderIds.length > 0) {
    await eraseFromFiles(hand, person)
    await hand.write('privacy:manage', (tx) => eraseFromTables(tx, deps, person))
  }
  await keepTombstone(deps.dataDir, { accountId, orderIds, at: deps.now().toISOString() })
}

/** The refusal that names the orders which stand in the way. */
export function stillOpen({ open }: Pick<Identity, 'open'>): Problem {
  const numbers = open.map(({ number }) => number)
  const sentence =
    numbers.length === 1
      ? `Order ${numbers[0]} has not left yet: ship or cancel it first, or have it erased once it is shipped.`
      : `Orders ${numbers.join(', ')} have not left yet: ship or cancel them first, or have them erased once they are shipped.`
  return new Problem('wrong_state', sentence, { extra: { orders: numbers } })
}

async function eraseFromTables(tx: Tx, deps: Deps, person: Identity) {
  const id = uuidv7()
  const fingerprints = [...person.emails, ...person.phones.map(digits)].map((of) => fingerprint(deps.secret, of))
  // Free text of the whole account is looked through: that may take longer than a page would wait.
  await tx.rows(sql`set local statement_timeout = '10min'`)
  const gone = await tx.first(sql<{ ids: string[] }>`
    select privacy.erase(${uuids(person.orderIds)}, ${texts(person.words)}, ${id}, ${texts(fingerprints)}) as ids`)
  const erasure = { kind: 'erasure', id }
  await audit(tx, 'buyer.erased', erasure, { orders: person.orderIds.length })
  if (gone!.ids.length > 0)
    await audit(tx, valuesErased, erasure, signErasure(signingKey(deps.secret), tx.who.accountId, gone!.ids))
}

interface ImportFile {
  import_id: string
  file_id: string
  store_id: string
  format: KeptFile['format']
  mapping: KeptFile['mapping']
  state: string
  checkpoint: number
}

async function eraseFromFiles(hand: Hand, person: Identity) {
  const files = await hand.write('privacy:manage', (tx) =>
    tx.rows(sql<ImportFile>`select * from privacy.import_files()`),
  )
  if (files.some(({ state }) => state === 'checking')) throw new Problem('busy')
  for (const { import_id: id, file_id: fileId, store_id: storeId, ...file } of files) {
    const begun = file.checkpoint > 0 || file.state === 'running'
    const erased = await eraseRows(hand.deps, { ...file, fileId, begun }, (cells, number) =>
      isHis(person, storeId, cells, number),
    )
    if (!erased) continue
    await hand.write('privacy:manage', async (tx) => {
      await tx.rows(
        sql`select privacy.forget_rows(${id}, ${erased.lines}::integer[], ${erased.bytes}, ${erased.sha256})`,
      )
      await audit(tx, 'import.rows-erased', { kind: 'import', id }, { rows: erased.lines.length })
    })
  }
}

/** Whether a row of a file is about him: by his order, e-mail or phone; by name and street together. */
function isHis(person: Identity, storeId: string, cells: string[], orderNumber: string | undefined): boolean {
  if (orderNumber && person.numbers.has(`${storeId} ${orderNumber.replace(/^['=]?"?|"$/g, '')}`)) return true
  const texts = cells.map((cell) => cell.toLowerCase())
  const holds = (words: string[]) => words.some((word) => texts.some((text) => text.includes(word)))
  if (holds(person.emails) || (holds(person.names) && holds(person.streets))) return true
  const phones = person.phones.map(digits).filter((phone) => phone.length >= 5)
  return phones.length > 0 && texts.some((text) => phones.includes(digits(text)))
}
