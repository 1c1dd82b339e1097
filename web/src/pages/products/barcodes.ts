import type { Product } from './useProducts.ts'

type Barcodes = Product['barcodes']

/** Barcodes as a person edits them: one a line, with ` × 12` where more than one each is under it. */
export const barcodesText = (barcodes: Barcodes): string =>
  barcodes.map(({ code, quantity }) => (quantity === 1 ? code : `${code} × ${quantity}`)).join('\n')

/** What a person typed; undefined where a quantity is beyond what can be, or a code stands twice. */
export function readBarcodes(text: string): Barcodes | undefined {
  const read = text.split('\n').flatMap((line) => {
    if (line.trim() === '') return []
    const [, code = line, quantity = '1'] = /^(.*\S)\s+[x×*]\s*(\d+)\s*$/i.exec(line) ?? []
    return [{ code: code.trim(), quantity: Number(quantity) }]
  })
  const fits = read.every(({ code, quantity }) => code.length <= 100 && quantity >= 1 && quantity <= 1_000_000)
  return fits && new Set(read.map(({ code }) => code)).size === read.length && read.length <= 50 ? read : undefined
}
