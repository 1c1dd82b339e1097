import type { Format } from '../intake/reading/index.ts'

/** A file as most programs write it. */
export const plainFormat: Format = {
  encoding: 'utf-8',
  delimiter: ',',
  headerRow: 0,
  quote: '"',
  decimalComma: false,
  dateOrder: 'ymd',
}
