// The two parts of pg that a Submittable of one's own needs; pg exports them, its types do not.
declare module 'pg/lib/result.js' {
  import type { QueryResult } from 'pg'

  interface Result extends QueryResult {
    addFields(fields: unknown[]): void
    parseRow(fields: unknown[]): object
    addRow(row: object): void
    addCommandComplete(message: object): void
  }
  const Result: new () => Result
  export default Result
}
declare module 'pg/lib/utils.js' {
  const utils: { prepareValue(value: unknown): string | Buffer | null }
  export default utils
}
