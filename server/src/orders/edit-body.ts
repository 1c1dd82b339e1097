import type { Static } from 'typebox'
import { addressParts, contactParts } from '#kernel/address.ts'
import { Closed, Day, Id, Nullable, Text, Type } from '#kernel/endpoint.ts'
import { type FieldError, Problem } from '#kernel/problem.ts'
import { dearest } from './draft.ts'
import { type EditPath, fieldAt, isLine, type LinePath } from './edit-fields.ts'

export type FieldPath = EditPath | LinePath
export type Value = string | number | boolean | null
export type Values = Map<FieldPath, Value>

/** What may be edited on an order, as it is sent: what is left out stays. */
export const EditBody = Closed({
  recipient: Type.Optional(Closed({ ...addressParts, country: Type.Optional(Text(0, 100)) })),
  contact: Type.Optional(Closed(contactParts)),
  buyerNote: Type.Optional(Text(0, 2000)),
  giftText: Type.Optional(Text(0, 1000)),
  service: Type.Optional(Text(0, 100)),
  shipBy: Type.Optional(Nullable(Day)),
  priority: Type.Optional(Type.Boolean()),
  lines: Type.Optional(
    Type.Array(
      Closed({
        lineId: Id,
        /** Units still wanted: fewer cancels the others, none cancels the line. */
        quantity: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
        unitPriceMicros: Type.Optional(Type.Integer({ minimum: 0, maximum: dearest.micros })),
        /** From 0 to 1; takes the place of a discount that was given as an amount. */
        discountRate: Type.Optional(Nullable(Type.Number({ minimum: 0, maximum: 1 }))),
      }),
      { minItems: 1, maxItems: 500 },
    ),
  ),
})
export type EditBody = Static<typeof EditBody>

/** The fields that were given, by path, without the spaces around them. @throws Problem invalid_request */
export function readEdit({ recipient, contact, lines, ...rest }: EditBody): Values {
  const given: [string, Value | undefined][] = [
    ...Object.entries(recipient ?? {}).map(([name, value]) => [`recipient.${name}`, value] as [string, string]),
    ...Object.entries(contact ?? {}).map(([name, value]) => [`contact.${name}`, value] as [string, string]),
    ...Object.entries(rest),
    ...(lines ?? []).flatMap(({ lineId, ...fields }) =>
      Object.entries(fields).map(([name, value]) => [`lines.${lineId}.${name}`, value] as [string, Value]),
    ),
  ]
  const values: Values = new Map()
  const errors: FieldError[] = []
  for (const [path, value] of given as [FieldPath, Value | undefined][]) {
    if (value === undefined) continue
    const trimmed = typeof value === 'string' ? value.trim() : value
    const message = typeof trimmed === 'string' ? fieldAt(path).refuse?.(trimmed) : undefined
    if (message) errors.push({ field: path, message })
    if (values.has(path)) errors.push({ field: path, message: 'stands here twice' })
    values.set(path, trimmed)
  }
  if (errors.length > 0) throw new Problem('invalid_request', undefined, { errors })
  return values
}

/** The same fields as they are sent. */
export function bodyOf(values: Values): EditBody {
  const body: Record<string, unknown> = {}
  const lines = new Map<string, Record<string, unknown>>()
  for (const [path, value] of values) {
    const [group, ...names] = path.split('.') as [string, ...string[]]
    if (isLine(path)) lines.set(names[0]!, { lineId: names[0], ...lines.get(names[0]!), [names[1]!]: value })
    else if (names.length === 0) body[group] = value
    else body[group] = { ...(body[group] as object), [names[0]!]: value }
  }
  return { ...body, ...(lines.size > 0 ? { lines: [...lines.values()] } : {}) } as EditBody
}
