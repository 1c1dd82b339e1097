import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Action } from '../actions.ts'
import type { Condition } from '../condition/schema.ts'

export interface Rule {
  id: string
  name: string
  enabled: boolean
  condition: Condition
  actions: Action[]
  stopAfter: boolean
  version: number
  updatedBy: string
  updatedAt: string
}

/** Rules in the order in which they run. */
export const ruleRows = (condition: Statement<unknown> = sql`true`) => sql<Rule>`
  select r.id, r.name, r.enabled, r.condition, r.actions, r.stop_after as "stopAfter", r.version, r.updated_by as "updatedBy",
         r.updated_at as "updatedAt"
    from automation.rules r where ${condition} order by r.position, r.id`

/** What runs now: enabled, and every supplier it assigns to is still there. */
export async function runnableRules(tx: Tx): Promise<{ rules: Rule[]; suppliers: Map<string, string> }> {
  const [rules, names] = await tx.all(
    ruleRows(sql`r.enabled`),
    sql<{ id: string; name: string }>`select id, name from automation.supplier_names() where not archived`,
  )
  const suppliers = new Map(names.map(({ id, name }) => [id, name]))
  const works = (action: Action) => action.do !== 'assign' || suppliers.has(action.supplierId)
  return { rules: rules.filter(({ actions }) => actions.every(works)), suppliers }
}

export async function listRules(tx: Tx) {
  const [rules, hits, suppliers, stores] = await tx.all(
    ruleRows(),
    sql<{ rule_id: string; hits: number; last: string }>`
      select t.rule_id, count(distinct t.order_id) filter (where t.at > app.now() - interval '7 days') as hits, max(t.at) as last
        from automation.traces t group by t.rule_id`,
    sql<{ id: string; name: string; archived: boolean }>`select id, name, archived from automation.supplier_names()`,
    sql<{ id: string; name: string }>`select id, name from channels.stores order by lower(name), id`,
  )
  const of = new Map(hits.map((row) => [row.rule_id, row]))
  const items = rules.map((rule) => ({
    ...rule,
    hits: of.get(rule.id)?.hits ?? 0,
    lastHitAt: of.get(rule.id)?.last ?? null,
  }))
  return { items, suppliers, stores }
}
