import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { indexWords } from '../search.ts'

/** Makes the words of an order's people anew; those of its number, SKUs and tracking do not change by an edit. */
export async function indexOrder(tx: Tx, orderId: string): Promise<void> {
  const people = await tx.first(sql<Record<'buyer_name' | 'name' | 'company' | 'email' | 'phone', string | null>>`
    select r.buyer_name, r.name, r.company, c.email, c.phone
      from orders.orders o
      left join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id
      left join orders.contacts c on c.account_id = o.account_id and c.order_id = o.id
     where o.id = ${orderId}`)
  if (!people) return
  const { buyer_name, name, company, email, phone } = people
  const words = [
    ...(name === null ? [] : indexWords(buyer_name!, name, company!).map((word) => ({ class: 'recipient', word }))),
    ...(email === null ? [] : indexWords(email, phone!).map((word) => ({ class: 'contact', word }))),
  ]
  // Words of a class the editor may not read are out of his reach, and stay.
  await tx.rows(sql`delete from orders.search_words where order_id = ${orderId} and class in ('recipient', 'contact')`)
  await tx.rows(sql`
    insert into orders.search_words (account_id, store_id, order_id, class, word)
    select o.account_id, o.store_id, o.id, w.class, w.word
      from orders.orders o, jsonb_to_recordset(${json(words)}) as w (class text, word text)
     where o.id = ${orderId}`)
}
