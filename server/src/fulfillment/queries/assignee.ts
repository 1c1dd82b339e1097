import { type Statement, sql } from '#kernel/db/sql.ts'

/** The person who has fulfillment order `f`, or null. */
export const assigneeOf: Statement<unknown> = sql`case when f.assignee_member_id is not null
  then json_build_object('id', f.assignee_member_id, 'name', f.assignee_name) end`
