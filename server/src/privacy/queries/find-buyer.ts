import { createHmac } from 'node:crypto'
import { audit } from '#kernel/audit.ts'
import { type Statement, sql, texts } from '#kernel/db/sql.ts'
import { invalid } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import type { foundBy, privacyContract } from '../contract.ts'

const most = 200
type By = (typeof foundBy)[number]
interface Found {
  id: string
  number: string
  storeName: string
  status: string
  placedOn: string
  buyerName: string
  name: string
  line1: string
  postcode: string
  city: string
  country: string
  email: string
  phone: string
  by: By[]
}

export const digits = (phone: string) => phone.replace(/\D/g, '')
/** A keyed hash of an e-mail or a phone: tells that it is the same one, and not which. */
export const fingerprint = (secret: string, of: string) =>
  createHmac('sha256', secret).update(`person ${of}`).digest('hex')

/**
 * The orders of a buyer that the caller may see, with what they were found by. That somebody looked is recorded, not for whom.
 * @throws Problem invalid_request where nothing is asked for
 */
export async function findBuyer({ tx, body, deps }: Call<(typeof privacyContract)['findBuyer']>) {
  const email = body.email?.trim().toLowerCase() ?? ''
  const phone = digits(body.phone ?? '')
  const name = body.name?.trim().toLowerCase() ?? ''
  const address = body.address?.trim().toLowerCase() ?? ''
  const asked: [By, boolean, Statement<unknown>][] = [
    ['email', email !== '', sql`lower(c.email) = ${email}`],
    ['phone', phone.length >= 5, sql`regexp_replace(c.phone, '\\D', '', 'g') = ${phone}`],
    [
      'name',
      name !== '',
      sql`lower(${name}) in (lower(r.name), lower(r.buyer_name)) and position(${address} in
           lower(concat_ws(' ', r.line1, r.line2, r.line3, o.postcode, r.city))) > 0`,
    ],
  ]
  const given = asked.filter(([, wanted]) => wanted)
  if (given.length === 0) throw invalid('email', 'give an e-mail address, a phone number or a name')
  const by = given.map(([kind, , condition]) => sql`case when ${condition} then ${sql.lit(kind)} end`)
  const fingerprints = [email, phone].filter(Boolean).map((of) => fingerprint(deps.secret, of))
  const [rows, erased] = await tx.all(
    sql<Found>`
      select o.id, o.number, s.name as "storeName", o.status, o.placed_on as "placedOn", r.buyer_name as "buyerName", r.name, r.line1,
             o.postcode, r.city, o.country, c.email, c.phone, array_remove(array[${sql.join(by)}]::text[], null) as by
        from orders.orders o
        join channels.stores s on s.account_id = o.account_id and s.id = o.store_id
        join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id
        join orders.contacts c on c.account_id = o.account_id and c.order_id = o.id
       where o.erased_at is null and (${sql.join(
         given.map(([, , condition]) => sql`(${condition})`),
         sql` or `,
       )})
       order by o.placed_at desc, o.id desc limit ${most + 1}`,
    sql<{ at: string | null }>`select max(at) as at from privacy.erasures where fingerprints && ${texts(fingerprints)}`,
  )
  await audit(tx, 'buyer.looked-up', { kind: 'account', id: tx.who.accountId })
  return { items: rows.slice(0, most), capped: rows.length > most, erasedAt: erased[0]?.at ?? null }
}
