import { type Field, fields } from './fields.ts'
import type { Params, ReasonCode } from './reasons.ts'
import type { Format, Kind, Mapping, Refusal, Row } from './types.ts'
import { type FieldType, readValue, type Values } from './values.ts'

/** A field with the column that fills it. */
export type Filled = { field: Field; column: number; heading: string }

/** What the reading of every row rests on. */
export type FileShape = { headings: string[]; format: Format }

type TypeOf<F extends Field, K extends F['key']> = Extract<F, { key: K }>['type']

/** The values of the fields of one kind, by key; typed by the field's type. */
export class FieldValues<F extends Field> {
  readonly #values = new Map<string, unknown>()

  get<K extends F['key']>(key: K): Values[TypeOf<F, K>] | null {
    return (this.#values.get(key) as Values[TypeOf<F, K>] | undefined) ?? null
  }

  /** The value, whatever its type. */
  find(key: string): unknown {
    return this.#values.get(key)
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value)
  }
}

/** The columns a mapping fills, those of a level or all. */
export const filledColumns = (kind: Kind, headings: string[], mapping: Mapping): Filled[] =>
  fields(kind)
    .filter((field) => mapping[field.key] !== undefined && !field.later)
    .map((field) => ({ field, column: mapping[field.key]!, heading: headings[mapping[field.key]!]! }))

const shown = 200

/** A refusal of a row, or of one cell of it; long values are shown in part. */
export function refusal(
  row: { line: number },
  at: Filled | null,
  code: ReasonCode,
  params: Params = {},
  cell = '',
): Refusal {
  const value = cell.length > shown ? `${cell.slice(0, shown)}…` : cell
  return { line: row.line, column: at?.heading ?? null, value, code, params: { value, ...params } }
}

/** What is wrong with the shape of a row, before any cell is looked at. */
export function shapeRefusal(row: Row, headings: string[]): Refusal | undefined {
  const cells = row.cells.length
  if (row.cutOff && cells < headings.length) return refusal(row, null, 'row_cut_off')
  // A text with an unquoted delimiter shifts everything right of it: nothing in such a row can be trusted.
  const surplus = row.cells.slice(headings.length).some((cell) => cell.trim() !== '')
  return surplus ? refusal(row, null, 'row_long', { cells, headings: headings.length }) : undefined
}

/**
 * Reads the cells of some columns. Empty cells are left out; to `refusals` is added what cannot be read and, for a line's
 * own columns, what must not be empty (an order's may be: other rows can say it).
 */
export function readCells<F extends Field>(row: Row, columns: Filled[], file: FileShape, refusals: Refusal[]) {
  const values = new FieldValues<F>()
  for (const at of columns) {
    const cell = row.cells[at.column] ?? ''
    const outcome = readValue(at.field.type as FieldType, cell, file.format)
    if (!outcome.ok) refusals.push(refusal(row, at, outcome.code, outcome.params, cell.trim()))
    else if (outcome.value !== null) values.set(at.field.key, outcome.value)
    else if (at.field.required && at.field.level === 'line') refusals.push(missing(row, at, file.headings))
  }
  return values
}

/** Why a required cell is missing: it is empty, or the row ends before it. */
export const missing = (row: Row, at: Filled, headings: string[]): Refusal =>
  at.column < row.cells.length
    ? refusal(row, at, 'required')
    : refusal(row, at, 'row_short', { cells: row.cells.length, headings: headings.length })
