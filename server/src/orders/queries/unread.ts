import { sql } from '#kernel/db/sql.ts'

/** How many comments of the client on order `o` the caller has not read. What he says he has read, he says to the millisecond. */
export const unreadOf = sql<number>`(
  select count(*) from orders.comments c
   where c.account_id = o.account_id and c.order_id = o.id and c.visibility = 'client' and c.side = 'client'
     and date_trunc('milliseconds', c.created_at) > coalesce((select r.read_at from orders.comment_reads r
                                   where r.account_id = o.account_id and r.member_id = (select app.member_id()) and r.order_id = o.id), '-infinity'))`
