import { type Field, fields, knownHeadings, plainHeading } from './fields.ts'
import type { Format, Kind, Mapping } from './types.ts'
import { readValue } from './values.ts'

/** A column of the file, with what it is proposed to fill. */
export type ProposedColumn = {
  column: number
  heading: string
  /** Its first five distinct values. */
  samples: string[]
  field: string | null
  /** From 0 to 1; 1 is a heading we know, filled with what it says. */
  confidence: number
  /**
   * Why it fills nothing: `later` (known, not imported yet: `field` names it), `taken` (another column fills it better),
   * `doubtful` (its values are not what its heading says), `empty` (no heading, no value), `unknown`.
   */
  ignored: 'later' | 'taken' | 'doubtful' | 'empty' | 'unknown' | null
}

type Candidate = { column: number; field: Field; confidence: number; rank: number }

/** Proposes a column for each field, from the headings and the first rows under them. One column fills one field. */
export function proposeMapping(kind: Kind, headings: string[], rows: string[][], format: Format): ProposedColumn[] {
  const width = Math.max(headings.length, ...rows.map((row) => row.length))
  const candidates: Candidate[] = []
  const columns = Array.from({ length: width }, (_, column): ProposedColumn => {
    const heading = headings[column] ?? ''
    const values = [...new Set(rows.map((row) => row[column]?.trim() ?? '').filter(Boolean))]
    const matches = fields(kind).flatMap((field) => candidate(kind, column, heading, values, field, format) ?? [])
    const fitting = matches.filter(({ confidence }) => confidence >= 0.5)
    candidates.push(...fitting)
    const ignored = heading === '' && values.length === 0 ? 'empty' : matches.length > 0 ? 'doubtful' : 'unknown'
    return { column, heading, samples: values.slice(0, 5), field: null, confidence: 0, ignored }
  })
  const left = candidates.some(({ field }) => field.key === 'shipped_on')
  const proposable = candidates.filter(({ field }) => left || !field.withShippedOn)
  for (const candidate of proposable) if (candidate.field.withShippedOn) candidate.rank = -1
  proposable.sort((a, b) => b.confidence - a.confidence || a.rank - b.rank || a.column - b.column)
  const filled = new Set<string>()
  for (const { column, field, confidence } of proposable) {
    const proposed = columns[column]!
    if (proposed.field !== null) continue
    const taken = filled.has(field.key) || (field.group !== undefined && filled.has(field.group))
    if (taken) {
      proposed.ignored = 'taken'
      continue
    }
    filled.add(field.key)
    if (field.group !== undefined) filled.add(field.group)
    columns[column] = { ...proposed, field: field.key, confidence, ignored: field.later ? 'later' : null }
  }
  return columns
}

/** The mapping a proposal amounts to. */
export const proposedMapping = (columns: ProposedColumn[]): Mapping =>
  Object.fromEntries(columns.flatMap(({ field, column, ignored }) => (field && !ignored ? [[field, column]] : [])))

function candidate(kind: Kind, column: number, heading: string, values: string[], field: Field, format: Format) {
  const plain = plainHeading(heading)
  let likeness = 0
  let rank = 0
  knownHeadings(kind, field).forEach((known, index) => {
    const like = plain === '' ? 0 : headingLikeness(plain, known)
    if (like > likeness) [likeness, rank] = [like, index]
  })
  const fit = values.length === 0 ? 1 : share(field, values, format)
  // An e-mail address is known by its look, whatever its heading.
  if (likeness === 0 && field.type === 'email' && values.length > 0 && fit === 1) likeness = 0.6
  if (likeness === 0) return
  // A heading we know is believed against a handful of bad values: they are to be told at their rows.
  const believed = likeness > 0.9 && (values.length < 5 || fit >= 0.2)
  const fits = means(field, heading, values, format) && (believed || fit >= 0.5)
  return { column, field, rank, confidence: fits ? Math.round(likeness * (70 + 30 * fit)) / 100 : 0 }
}

// Words that a heading may carry beside its meaning.
const neutral = new Set('eur usd gbp chf cad ht ttc excl incl tax vat net # no nr required obligatoire'.split(' '))

function headingLikeness(heading: string, known: string): number {
  if (heading === known) return 1
  if (heading.replaceAll(' ', '') === known.replaceAll(' ', '')) return 0.97
  const words = heading.split(' ')
  const knownWords = known.split(' ')
  if (!knownWords.every((word) => words.includes(word))) return 0
  const extra = words.filter((word) => !knownWords.includes(word))
  if (extra.every((word) => neutral.has(word))) return 0.8
  const elsewhere = extra.some((word) => /^(bill|billing|facturation|total|id|item)$/.test(word))
  return knownWords.length > 1 && extra.length === 1 && !elsewhere ? 0.6 : 0
}

/** The share of values that can be read as the field wants them; stock, which is not read yet, may be anything. */
function share(field: Field, values: string[], format: Format): number {
  if (field.later) return 1
  const some = values.slice(0, 200)
  return some.filter((value) => readValue(field.type, value, format).ok).length / some.length
}

/** Whether a heading that several fields know means this one. */
function means(field: Field, heading: string, values: string[], format: Format): boolean {
  switch (field.key) {
    // "Name" is Shopify's order number and everybody else's person.
    case 'order_number':
      return values.length === 0 || values.some((value) => /\d/.test(value))
    // Amazon's item-price is that of the line, ShipStation's "Item - Price" that of the unit.
    case 'line_total':
      return heading !== 'Item - Price'
    case 'unit_price':
      return heading !== 'item-price'
    case 'discount_rate':
    case 'discount_percent':
    case 'discount_amount':
      return field.key === discountKind(heading, values, format)
    default:
      return true
  }
}

/** Which kind of discount a column holds: its heading may say it, else its values do, for a rate never exceeds 1. */
function discountKind(heading: string, values: string[], format: Format): string {
  if (/amount|montant|item|line|ligne/i.test(heading)) return 'discount_amount'
  if (/%|percent|pourcent/i.test(heading) || values.some((value) => value.endsWith('%'))) return 'discount_percent'
  const numbers = values.filter((value) => readValue('money', value, format).ok)
  if (numbers.every((value) => readValue('rate', value, format).ok)) return 'discount_rate'
  return /rate|taux/i.test(heading) ? 'discount_percent' : 'discount_amount'
}
