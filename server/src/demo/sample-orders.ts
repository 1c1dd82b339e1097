import type { Departed } from '#fulfillment'
import type { NewOrder } from '#orders'
import { sampleProducts } from './sample-products.ts'

const buyers = [
  ['Inès Laurent', '14 rue des Carmes', 'Rouen', '76000', 'FR'],
  ['Jonas Weber', 'Lindenstraße 8', 'Leipzig', '04109', 'DE'],
  ['Marta Nowak', 'ul. Długa 22', 'Kraków', '31-147', 'PL'],
  ['Tom Ashby', '3 Mill Lane', 'Bath', 'BA1 1AA', 'GB'],
  ['Chiara Conti', 'Via Roma 51', 'Torino', '10123', 'IT'],
  ['Léa Fontaine', '9 quai de Bondy', 'Lyon', '69005', 'FR'],
  ['Anders Holm', 'Strandgade 17', 'København', '1401', 'DK'],
  ['Pilar Ortega', 'Calle Mayor 4', 'Zaragoza', '50001', 'ES'],
  ['Eva Dvořáková', 'Masarykova 12', 'Brno', '602 00', 'CZ'],
] as const

const perDay = 2
const days = 24
/** So many days before them, one order a day: three whole months, whatever the day of the month. */
const earlierDays = 100

/** Orders of the last weeks: the same goods and buyers in the same order each time, dated from `now` backwards. */
export function sampleOrders(now: Date): NewOrder[] {
  return Array.from({ length: perDay * days }, (_, index) =>
    sampleOrder(index, new Date(now.getTime() - (index / perDay) * 86_400_000)),
  )
}

/** Orders of the months before, which left two to four days after they were placed, by two carriers. */
export function earlierOrders(now: Date): { order: NewOrder; departure: Omit<Departed, 'orderId'> }[] {
  return Array.from({ length: earlierDays }, (_, at) => {
    const index = perDay * days + at
    const placed = new Date(now.getTime() - (days + at) * 86_400_000)
    const [carrier, base] = at % 2 === 0 ? (['DHL', 540] as const) : (['Colissimo', 470] as const)
    const departure = {
      shippedOn: new Date(placed.getTime() + (2 + (at % 3)) * 86_400_000).toISOString().slice(0, 10),
      carrier,
      service: at % 4 < 2 ? 'Standard' : 'Express',
      trackingNumber: `0034 0434 0000 ${1000 + at}`,
      cost: { amount: base + ((at * 37) % 260) + (at % 4 < 2 ? 0 : 210), currency: 'EUR' },
    }
    const order = sampleOrder(index, placed)
    return {
      order: { ...order, payment: 'paid', shipBy: departure.shippedOn, service: departure.service, hasLeft: true },
      departure,
    }
  })
}

/** A few orders of the last days for goods of another company, numbered its own way. */
export const ordersFor = (goods: readonly Goods[], prefix: string, count: number, now: Date): NewOrder[] =>
  Array.from({ length: count }, (_, index) => {
    const order = sampleOrder(index, new Date(now.getTime() - (index + 1) * 43_200_000), goods)
    return { ...order, externalId: `${prefix}-${1000 + index}`, number: `${prefix}-${1000 + index}`, payment: 'paid' }
  })

interface Goods {
  sku: string
  name: string
  price: number
}

function sampleOrder(index: number, placed: Date, goods: readonly Goods[] = sampleProducts): NewOrder {
  const [name, line1, city, postcode, country] = buyers[(index * 5) % buyers.length]!
  const number = `D-${String(1000 + perDay * days - index).padStart(4, '0')}`
  return {
    externalId: number,
    number,
    placedAt: placed.toISOString(),
    placedOn: placed.toISOString().slice(0, 10),
    placedPrecision: 'time',
    payment: index % 11 === 7 ? 'unpaid' : 'paid',
    service: index % 4 === 0 ? 'Express' : 'Standard',
    shipBy: new Date(placed.getTime() + 3 * 86_400_000).toISOString().slice(0, 10),
    deliverBy: null,
    buyerNote: index % 9 === 4 ? 'Please leave it with the neighbour.' : '',
    giftText: index % 13 === 5 ? 'Happy birthday!' : '',
    country,
    region: '',
    postcode,
    recipient: { buyerName: name, name, company: '', line1, line2: '', line3: '', city },
    contact: {
      email: `${name
        .normalize('NFD')
        .replace(/[^A-Za-z ]/g, '')
        .toLowerCase()
        .replace(' ', '.')}@example.com`,
      phone: '',
    },
    currency: 'EUR',
    shippingTotal: 490,
    taxTotal: 0,
    tags: index % 8 === 3 ? ['gift'] : [],
    internalNote: '',
    lines: Array.from({ length: 1 + (index % 3) }, (_, position) => {
      const product = goods[(index * 7 + position * 5) % goods.length]!
      return {
        sku: product.sku,
        name: product.name,
        quantity: 1 + ((index + position) % 3),
        requiresShipping: true,
        unitPriceMicros: Math.round(product.price * 1_000_000),
        discountRate: null,
        discountMicros: null,
      }
    }),
  }
}
