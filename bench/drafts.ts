import type { OrderDraft } from '../server/src/orders/draft.ts'

let last = Date.now() % 1_000_000_000

/** The n-th order of a stream that never repeats, as a shop sends it: 1 to 4 lines, a name, an address, amounts. */
export function nextDraft(storeId: string): OrderDraft {
  const n = ++last
  const [first, family] = [`first${n % 300}`, `last${(n * 7) % 5000}`]
  const name = `${first} ${family}`
  return {
    storeId,
    number: `N-${n}`,
    placedAt: new Date().toISOString(),
    payment: 'paid',
    recipient: {
      buyerName: name,
      name,
      line1: `${n % 200} rue Haute`,
      city: `City ${n % 3000}`,
      postcode: String(10_000 + (n % 80_000)),
      country: ['FR', 'FR', 'FR', 'DE', 'DE', 'BE', 'NL', 'IT', 'ES', 'GB', 'US', 'CH'][n % 12]!,
    },
    contact: { email: `${first}.${family}@example.com`, phone: `06${String(n % 100_000_000).padStart(8, '0')}` },
    service: 'Standard',
    currency: 'EUR',
    shippingTotal: 590,
    lines: Array.from({ length: 1 + (n % 4) }, (_, index) => ({
      sku: `P-${String(Math.floor(((n * 31 + index * 17) % 1000) ** 2 / 500)).padStart(5, '0')}`,
      name: `Product ${n % 2000}`,
      quantity: 1 + (n % 5),
      unitPriceMicros: 5_000_000 + (n % 400) * 100_000,
    })),
  }
}
export const drafts = (count: number, storeId: string) => Array.from({ length: count }, () => nextDraft(storeId))

const headings = [
  'Order number',
  'Order date',
  'Customer',
  'Ship to',
  'Street',
  'Postcode',
  'City',
  'Country',
  'E-mail',
  'Phone',
  'SKU',
  'Product',
  'Quantity',
  'Unit price',
  'Shipping paid',
  'Currency',
]

/** The same as a file: one row a line. */
export function csvOf(orders: OrderDraft[]): string {
  const rows = orders.flatMap((order) =>
    order.lines.map((line) => {
      const { recipient: to, contact } = order
      return [
        order.number,
        order.placedAt!.slice(0, 10),
        to!.buyerName,
        to!.name,
        to!.line1,
        to!.postcode,
        to!.city,
        to!.country,
        contact!.email,
        contact!.phone,
        line.sku,
        line.name,
        line.quantity,
        (line.unitPriceMicros! / 1e6).toFixed(2),
        '5.90',
        'EUR',
      ].join(',')
    }),
  )
  return `${headings.join(',')}\n${rows.join('\n')}\n`
}
