import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely'

/** Only compiles: what runs a statement is a transaction that already is somebody. */
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** A statement whose rows have the shape `Row`. Values in `${…}` are always parameters; nothing builds SQL from strings. */
export type Statement<Row> = RawBuilder<Row>

export interface Compiled {
  text: string
  values: readonly unknown[]
}

export function compile(statement: Statement<unknown>): Compiled {
  const { sql: text, parameters } = statement.compile(compiler)
  return { text, values: parameters }
}

/** Joins conditions by `and`; none is `true`. */
export const all = (conditions: Statement<unknown>[]): Statement<unknown> =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)

/** Parameters of an array are sent as one PostgreSQL array: `= any (${uuids(ids)})`. */
export const uuids = (ids: readonly string[]) => sql`${ids}::uuid[]`
export const texts = (values: readonly string[]) => sql`${values}::text[]`
/** One JSON parameter, for `json_to_recordset` and jsonb columns. */
export const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`

export { sql }
