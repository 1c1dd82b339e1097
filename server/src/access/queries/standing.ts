import { type Statement, sql } from '#kernel/db/sql.ts'

/** How member `m` of account `a` stands now, as `Standing` names it. */
export const standing: Statement<unknown> = sql`
  case when m.deactivated_at is not null then 'deactivated' when m.valid_until <= app.now() then 'ended' when m.valid_from > app.now() then 'not_yet'
       when m.hours is not null and not app.within_hours(m.hours, a.timezone) then 'outside_hours' else 'active' end`
