export type TrackingRow = { number: string; trackingNumber: string; cost: string }

/**
 * Two pasted columns: a number and its tracking number in each row, apart by a tab as spreadsheets copy them, else by
 * `;` or `,`, else by spaces; a third, if there is one, is what the carrier charges. Empty rows and a row of headings are passed over.
 */
export function parseTracking(text: string): TrackingRow[] {
  return text
    .split(/\r?\n/)
    .map((row) => row.trim())
    .filter(Boolean)
    .map(split)
    .filter((row, index) => index > 0 || /\d/.test(row.number + row.trackingNumber))
}

function split(row: string): TrackingRow {
  const mark = ['\t', ';', ','].find((one) => row.includes(one))
  const at = mark ? row.indexOf(mark) : row.search(/\s/)
  if (at < 0) return { number: row, trackingNumber: '', cost: '' }
  const clean = (part: string) => part.trim().replace(/^"(.*)"$/, '$1')
  const rest = row.slice(at + 1)
  const [trackingNumber = '', cost = ''] = mark ? rest.split(mark) : [rest]
  return { number: clean(row.slice(0, at)), trackingNumber: clean(trackingNumber), cost: clean(cost) }
}
