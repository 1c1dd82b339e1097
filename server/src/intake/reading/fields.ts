import { orderFields } from './order-fields.ts'
import { orderHeadings } from './order-headings.ts'
import { productFields } from './product-fields.ts'
import { productHeadings } from './product-headings.ts'
import type { Kind } from './types.ts'
import type { FieldType } from './values.ts'

/** Something a column can fill. */
export type Field = {
  key: string
  /** English, for the command line and the sentences; the pages have their own words by key. */
  label: string
  type: FieldType
  /** An order's value may stand on each of its rows, on the first alone, and must not differ between them. */
  level: 'order' | 'line'
  required?: true
  /** Known, and said to the person as not imported yet: lost on purpose is better than lost unseen. */
  later?: true
  /** Fields of one group say the same thing in different ways; only one of them takes a column. */
  group?: string
  /** Proposed where a column says when the order left; then before every other field that knows the heading. */
  withShippedOn?: true
  /** The host's to say of a client's goods: his file does not fill it. */
  hosts?: true
  /** Values that differ between the rows of an order are joined. */
  joined?: true
}

const fieldsOf = { orders: orderFields, products: productFields } satisfies Record<Kind, readonly Field[]>

/** The fields of a kind of file, those that every file must fill first. */
export const fields = (kind: Kind): readonly Field[] => fieldsOf[kind]

/** The one form in which headings are compared: no case, accents or punctuation (but # and %). */
export const plainHeading = (heading: string) =>
  heading
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/([#%])/g, ' $1 ')
    .replace(/[^\p{L}\p{N}#%]+/gu, ' ')
    .trim()

const known = new Map<string, string[]>()
for (const [kind, headings] of Object.entries({ orders: orderHeadings, products: productHeadings })) {
  for (const [key, list] of Object.entries(headings)) known.set(`${kind} ${key}`, list.split('|').map(plainHeading))
}

/** The headings under which a field is met, likeliest first, in their plain form. */
export const knownHeadings = (kind: Kind, field: Field): string[] => known.get(`${kind} ${field.key}`)!
