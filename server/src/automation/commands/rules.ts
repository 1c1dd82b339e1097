import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { json, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import type { Action } from '../actions.ts'
import { type Condition, isGroup } from '../condition/schema.ts'
import type { automationContract } from '../contract.ts'
import { type Rule, ruleRows } from '../queries/rules.ts'

type NewRule = BodyOf<(typeof automationContract)['createRule']>
type RuleChange = BodyOf<(typeof automationContract)['changeRule']>

/** @throws Problem invalid_request where it names a supplier or store that is not there */
export async function createRule(tx: Tx, rule: NewRule): Promise<{ id: string }> {
  const id = uuidv7()
  await checkNames(tx, rule)
  await tx.rows(sql`
    insert into automation.rules (account_id, id, position, name, enabled, condition, actions, stop_after, updated_by)
    select (select app.account_id()), ${id}, coalesce(max(r.position), 0) + 1, ${named(rule.name)}, ${rule.enabled ?? true}, ${json(rule.condition)},
           ${json(rule.actions)}, ${rule.stopAfter ?? false}, ${tx.who.name}
      from automation.rules r`)
  if (rule.position !== undefined) await place(tx, id, rule.position)
  await audit(tx, 'rule.created', { kind: 'rule', id }, { ...rule })
  return { id }
}

/**
 * Changes what is named; every change is a new version, told in the audit log.
 * @throws Problem not_found, invalid_request, changed_meanwhile
 */
export async function changeRule(
  tx: Tx,
  id: string,
  version: number,
  change: RuleChange,
): Promise<{ version: number }> {
  await tx.rows(sql`select from automation.rules where id = ${id} for update`)
  const before = await tx.first(ruleRows(sql`r.id = ${id}`))
  if (!before) throw notFound()
  if (before.version !== version) throw changedMeanwhile(before, change)
  await checkNames(tx, change)
  const after = { ...before, ...change }
  await tx.rows(sql`
    update automation.rules r
       set name = ${named(after.name)}, enabled = ${after.enabled}, condition = ${json(after.condition)}, actions = ${json(after.actions)},
           stop_after = ${after.stopAfter}, version = r.version + 1, updated_by = ${tx.who.name}, updated_at = app.now()
     where r.id = ${id}`)
  const from = Object.fromEntries(Object.keys(change).map((field) => [field, before[field as keyof Rule]]))
  await audit(tx, 'rule.changed', { kind: 'rule', id }, { version: version + 1, from, to: change })
  return { version: version + 1 }
}

/** @throws Problem not_found */
export async function deleteRule(tx: Tx, id: string) {
  const rule = await tx.first(ruleRows(sql`r.id = ${id}`))
  if (!rule) throw notFound()
  await tx.rows(sql`delete from automation.rules where id = ${id}`)
  await audit(tx, 'rule.deleted', { kind: 'rule', id }, { rule })
  return {}
}

/** @throws Problem not_found */
export async function moveRule(tx: Tx, id: string, position: number) {
  await place(tx, id, position)
  await audit(tx, 'rule.moved', { kind: 'rule', id }, { position })
  return {}
}

/** Puts a rule at a position counted from 1 and numbers the others anew; two people at once, one after the other. */
async function place(tx: Tx, id: string, position: number) {
  const rows = await tx.rows(sql<{ id: string }>`select id from automation.rules order by position, id for update`)
  const others = rows.map((row) => row.id).filter((other) => other !== id)
  if (others.length === rows.length) throw notFound()
  others.splice(position - 1, 0, id)
  await tx.rows(sql`
    update automation.rules r set position = n.position
      from unnest(${uuids(others)}) with ordinality as n (id, position)
     where r.id = n.id and r.position <> n.position`)
}

function named(name: string): string {
  if (name.trim() === '') throw invalid('name', 'must not be blank')
  return name.trim()
}

/** Suppliers and stores a rule speaks of must be there. */
async function checkNames(tx: Tx, { actions = [], condition }: { actions?: Action[]; condition?: Condition }) {
  const leaves = (condition?.of ?? []).flatMap((part) => (isGroup(part) ? part.of : [part]))
  const storeIds = leaves.flatMap((leaf) => (leaf.about === 'store' ? leaf.values : []))
  const [suppliers, stores] = await tx.all(
    sql<{ id: string }>`select id from automation.supplier_names() where not archived`,
    sql<{ id: string }>`select id from channels.stores where id = any (${uuids(storeIds)})`,
  )
  const at = actions.findIndex((each) => each.do === 'assign' && !suppliers.some(({ id }) => id === each.supplierId))
  if (at >= 0) throw invalid(`actions.${at}.supplierId`, 'is not an active supplier of this account')
  if (stores.length < new Set(storeIds).size) throw invalid('condition', 'names a store that is not there')
}
