import { type Condition, type Explained, type ExplainedLeaf, isGroup, type Leaf, type LineLeaf } from './schema.ts'

/** What a condition can see of an order. */
export interface OrderFacts {
  country: string
  storeId: string
  service: string
  /** The house's tags on the order. */
  tags: string[]
  /** Lines that count: to be shipped and not cancelled. */
  lines: { sku: string; tags: string[] }[]
  quantity: number
  lineCount: number
}

/** Why an order meets a condition or does not, part by part. */
export function explain(condition: Condition, facts: OrderFacts): Explained {
  const of = condition.of.map((part) => {
    if (!isGroup(part)) return explainLeaf(part, facts)
    const leaves = part.of.map((leaf) => explainLeaf(leaf, facts))
    return { met: isMet(part.match, leaves), match: part.match, of: leaves }
  })
  return { met: isMet(condition.match, of), match: condition.match, of }
}

const isMet = (match: 'all' | 'any', parts: { met: boolean }[]) =>
  match === 'all' || parts.length === 0 ? parts.every(({ met }) => met) : parts.some(({ met }) => met)

function explainLeaf(leaf: Leaf, facts: OrderFacts): ExplainedLeaf {
  switch (leaf.about) {
    case 'line_tag':
      return { met: overLines(leaf, facts), leaf, seen: [...new Set(facts.lines.flatMap(({ tags }) => tags))].sort() }
    case 'sku':
      return { met: overLines(leaf, facts), leaf, seen: facts.lines.map(({ sku }) => sku) }
    case 'order_tag':
      return { met: facts.tags.includes(leaf.tag) === leaf.has, leaf, seen: facts.tags }
    case 'country':
      return among(leaf, facts.country)
    case 'store':
      return among(leaf, facts.storeId)
    case 'service':
      return {
        ...among(leaf, facts.service),
        met: leaf.values.some((value) => value.toLowerCase() === facts.service.toLowerCase()) === (leaf.is === 'in'),
      }
    case 'quantity':
      return atLeast(leaf, facts.quantity)
    case 'line_count':
      return atLeast(leaf, facts.lineCount)
  }
}

const among = (leaf: Extract<Leaf, { values: unknown }>, seen: string): ExplainedLeaf => ({
  met: leaf.values.includes(seen) === (leaf.is === 'in'),
  leaf,
  seen: seen === '' ? [] : [seen],
})
const atLeast = (leaf: Extract<Leaf, { atLeast: number }>, seen: number): ExplainedLeaf => ({
  met: seen >= leaf.atLeast,
  leaf,
  seen: [String(seen)],
})

function overLines(leaf: LineLeaf, { lines }: OrderFacts): boolean {
  const one = lines.some((line) => lineIs(leaf, line))
  if (leaf.lines === 'any') return one
  if (leaf.lines === 'none') return !one
  return one && lines.every((line) => lineIs(leaf, line))
}

function lineIs(leaf: LineLeaf, line: OrderFacts['lines'][number]): boolean {
  if (leaf.about === 'line_tag') return line.tags.includes(leaf.tag)
  return leaf.match === 'is' ? line.sku === leaf.value : line.sku.startsWith(leaf.value)
}
