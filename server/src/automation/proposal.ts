import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid } from '#kernel/problem.ts'
import { upperBound } from '#orders'
import { createSupplier } from '#suppliers'
import { createRule } from './commands/rules.ts'
import { anyLineTagged } from './condition/schema.ts'
import { type Rule, ruleRows } from './queries/rules.ts'

const prefix = 'supplier:'

/** What the product tags `supplier:NAME` propose: a supplier of that name and a rule that assigns the tagged lines to it. */
export async function listProposal(tx: Tx) {
  const [tags, suppliers, rules] = await tx.all(
    sql<{ tag: string; products: number }>`
      select t.tag, count(*) as products from catalog.product_tags t
        join catalog.products p on p.account_id = t.account_id and p.id = t.product_id and p.archived_at is null
       where t.tag > ${prefix} and t.tag < ${upperBound(prefix)} group by t.tag order by lower(t.tag), t.tag`,
    sql<{ id: string; name: string }>`select id, name from automation.supplier_names() where not archived`,
    ruleRows(),
  )
  const idOf = new Map(suppliers.map(({ id, name }) => [name.toLowerCase(), id]))
  const items = tags.flatMap(({ tag, products }) => {
    const name = tag.slice(prefix.length).trim()
    if (name === '') return []
    const rule = rules.find((each) => assignsTagged(each, tag))
    const supplierId = supplierOf(rule) ?? idOf.get(name.toLowerCase()) ?? null
    return [{ tag, name, products, supplierId, ruleExists: rule !== undefined }]
  })
  return { items }
}

const assignsTagged = (rule: Rule, tag: string) =>
  supplierOf(rule) !== undefined && JSON.stringify(shape(rule.condition)) === JSON.stringify(shape(anyLineTagged(tag)))
const supplierOf = (rule: Rule | undefined) => rule?.actions.find((action) => action.do === 'assign')?.supplierId
/** A condition of one part, whatever order its fields were kept in. */
const shape = ({ of: [only, ...others] }: Rule['condition']) =>
  only && 'about' in only && only.about === 'line_tag' && others.length === 0 ? [only.lines, only.tag] : null

/**
 * Creates the suppliers chosen, under the names the person gave them, and for each the rule "any line is tagged T → assign
 * those lines to it". A supplier of that name that is there already is taken; a rule that is there stays as it is.
 * @throws Problem invalid_request for a tag that no product carries
 */
export async function acceptProposal(tx: Tx, chosen: { tag: string; name: string }[]) {
  const { items } = await listProposal(tx)
  const known = new Map(
    (
      await tx.rows(
        sql<{ id: string; name: string }>`select id, name from automation.supplier_names() where not archived`,
      )
    ).map(({ id, name }) => [name.toLowerCase(), id]),
  )
  const created = { suppliers: 0, rules: 0 }
  for (const [at, { tag, name }] of chosen.entries()) {
    const proposed = items.find((item) => item.tag === tag)
    if (!proposed) throw invalid(`chosen.${at}.tag`, 'is not a tag of a product')
    if (proposed.ruleExists) continue
    const key = name.trim().toLowerCase()
    let supplierId = known.get(key)
    if (supplierId === undefined) {
      supplierId = await createSupplier(tx, { name })
      known.set(key, supplierId)
      created.suppliers++
    }
    const actions = [{ do: 'assign' as const, supplierId, lines: 'matching' as const }]
    await createRule(tx, { name: name.trim(), condition: anyLineTagged(tag), actions })
    // The same tag twice in one request is one rule.
    proposed.ruleExists = true
    created.rules++
  }
  return created
}
