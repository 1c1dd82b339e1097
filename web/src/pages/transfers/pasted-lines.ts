/**
 * Lines out of two columns copied from a sheet: SKU, then quantity, apart by tab, semicolon or comma. A text that is no such
 * table gives none; a quantity that is no number stays as it is, for the form to say so.
 */
export function readPasted(text: string): { sku: string; quantity: string }[] {
  const rows = text
    .split(/\r?\n/)
    .map((row) => row.split(/[\t;,]/).map((cell) => cell.trim()))
    .filter(([sku]) => sku)
  if (rows.length === 0 || rows.some((cells) => cells.length < 2)) return []
  return rows.map(([sku = '', quantity = '']) => ({ sku, quantity }))
}
