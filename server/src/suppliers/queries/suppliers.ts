import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Principal, Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'

interface SupplierRow {
  id: string
  name: string
  email: string | null
  locale: 'en' | 'fr'
  archived: boolean
  version: number
  open: number
  late: number
  rejected: number
  users: number
  rules: number
}

/** Counts are of what the caller may see: his stores' fulfillment orders. */
const supplierRows = (condition: Statement<unknown>) => sql<SupplierRow>`
  select p.id, p.name, p.email, p.locale, p.archived_at is not null as archived, p.version,
         coalesce(work.open, 0) as open, coalesce(work.late, 0) as late, coalesce(refused.count, 0) as rejected,
         (select count(*) from access.members m where m.account_id = p.account_id and m.party_id = p.id and m.deactivated_at is null) as users,
         (select count(*) from automation.rules r where r.account_id = p.account_id
            and r.actions @> jsonb_build_array(jsonb_build_object('supplierId', p.id))) as rules
    from access.parties p
    join access.accounts a on a.id = p.account_id
    left join lateral (
      select count(*) as open, count(*) filter (where f.ship_by < (app.now() at time zone a.timezone)::date) as late
        from fulfillment.fulfillment_orders f
       where f.account_id = p.account_id and f.supplier_id = p.id and f.state in ('offered', 'accepted')
    ) as work on true
    left join lateral (
      select count(*) from fulfillment.fulfillment_orders f
        join orders.issues i on i.account_id = f.account_id and i.fulfillment_order_id = f.id
       where f.account_id = p.account_id and f.supplier_id = p.id and i.kind = 'rejected' and i.resolved_at is null
    ) as refused on true
   where p.kind = 'supplier' and ${condition}
   order by lower(p.name), p.id`

const toSupplier = ({ users, rules, ...row }: SupplierRow, who: Principal) => ({
  ...row,
  ...(who.permissions.includes('users:read') ? { users } : {}),
  ...(who.permissions.includes('rules:read') ? { rules } : {}),
})

export async function listSuppliers(tx: Tx, archived: boolean) {
  const rows = await tx.rows(supplierRows(archived ? sql`p.archived_at is not null` : sql`p.archived_at is null`))
  return { items: rows.map((row) => toSupplier(row, tx.who)) }
}

/** @throws Problem not_found */
export async function getSupplier(tx: Tx, id: string) {
  const row = await tx.first(supplierRows(sql`p.id = ${id}`))
  if (!row) throw notFound()
  return toSupplier(row, tx.who)
}
