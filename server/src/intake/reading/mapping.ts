import { type Field, fields, plainHeading } from './fields.ts'
import type { Params, ReasonCode } from './reasons.ts'
import type { Kind, Mapping } from './types.ts'

/** A mapping as it is kept by name: by heading, so that it fits a file whose columns stand in another order. */
export type KeptMapping = { field: string; heading: string }[]

/** What keeps a mapping from being used. */
export type MappingFault = { field: string; code: ReasonCode; params: Params }

/** Every fault of a mapping: a required field without a column, a column chosen twice, two fields that say the same. */
export function mappingFaults(kind: Kind, headings: string[], mapping: Mapping): MappingFault[] {
  const faults: MappingFault[] = []
  const known = new Map(fields(kind).map((field) => [field.key as string, field]))
  const byColumn = new Map<number, Field>()
  const byGroup = new Map<string, Field>()
  for (const [key, column] of Object.entries(mapping)) {
    const field = known.get(key)
    const fault = (code: ReasonCode, params: Params = {}) =>
      faults.push({ field: key, code, params: { field: field?.label ?? key, ...params } })
    if (!field) {
      fault('mapping_field_unknown')
      continue
    }
    if (field.later) fault('mapping_field_later')
    if (!Number.isInteger(column) || column < 0 || column >= headings.length) {
      fault('mapping_column_unknown', { column: Number(column) + 1 })
      continue
    }
    const other = byColumn.get(column)
    if (other) fault('mapping_column_twice', { column: headings[column]!, other: other.label })
    byColumn.set(column, field)
    const rival = field.group === undefined ? undefined : byGroup.get(field.group)
    if (rival) fault('mapping_fields_clash', { other: rival.label })
    if (field.group !== undefined) byGroup.set(field.group, field)
  }
  for (const field of known.values()) {
    if (field.required && mapping[field.key] === undefined) {
      faults.push({ field: field.key, code: 'mapping_field_missing', params: { field: field.label } })
    }
  }
  return faults
}

/** A mapping as it is kept under a name. */
export const keepMapping = (headings: string[], mapping: Mapping): KeptMapping =>
  Object.entries(mapping).map(([field, column]) => ({ field, heading: headings[column]! }))

/** A kept mapping on the headings of another file; fields whose heading is not there take no column. */
export function recallMapping(headings: string[], kept: KeptMapping): Mapping {
  const plain = headings.map(plainHeading)
  const found = kept.map(({ field, heading }) => [field, plain.indexOf(plainHeading(heading))] as const)
  return Object.fromEntries(found.filter(([, column]) => column >= 0))
}
