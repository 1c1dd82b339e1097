import type { NewOrder } from '#orders'
import { accounts } from './cast.ts'
import type { World } from './world.ts'

/** The store of the first account whose goods are the house's own; a and b are of its clients. */
export async function houseStore(world: World): Promise<string> {
  const { rows } = await world.owner.query<{ id: string }>(
    'select id from channels.stores where account_id = $1 and is_default',
    [accounts.one.id],
  )
  return rows[0]!.id
}

/** An order as a shop would send it; tests change what they are about. */
export function orderDraft(
  number: string,
  change: { buyerName?: string; lines?: NewOrder['lines']; country?: string } = {},
): NewOrder {
  return {
    externalId: number,
    number,
    placedAt: '1996-07-04T00:00:00Z',
    placedOn: '1996-07-04',
    placedPrecision: 'day',
    payment: 'payable',
    service: '',
    shipBy: null,
    deliverBy: null,
    buyerNote: '',
    giftText: '',
    country: change.country ?? 'FR',
    region: '',
    postcode: '51100',
    recipient: {
      buyerName: change.buyerName ?? 'Vins et alcools Chevalier',
      name: 'Paul Henriot',
      company: '',
      line1: "59 rue de l'Abbaye",
      line2: '',
      line3: '',
      city: 'Reims',
    },
    contact: { email: 'paul@example.com', phone: '26.47.15.10' },
    currency: 'EUR',
    shippingTotal: 590,
    taxTotal: 0,
    tags: [],
    internalNote: '',
    lines: change.lines ?? [line('NW-011', 2, 10_000_000)],
  }
}

export const line = (sku: string, quantity: number, unitPriceMicros: number): NewOrder['lines'][number] => ({
  sku,
  name: `Product ${sku}`,
  quantity,
  requiresShipping: true,
  unitPriceMicros,
  discountRate: null,
  discountMicros: null,
})
