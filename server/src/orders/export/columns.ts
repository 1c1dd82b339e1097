import type { Permission } from '#kernel/permissions.ts'
import { lineTotal, minorDigits } from '../amounts.ts'
import type { OrderStatus } from '../status.ts'
import type { ExportRow } from './rows.ts'

export type Language = 'en' | 'fr'

/** A column of the export: how it is headed, who may have it, what stands in it. A number is a text with a point, or ''. */
export interface ExportColumn {
  key: string
  headings: Record<Language, string>
  permission?: Permission
  isNumber?: true
  value: (row: ExportRow, language: Language) => string
}

const column = (
  key: string,
  en: string,
  fr: string,
  value: ExportColumn['value'],
  more: Pick<ExportColumn, 'permission' | 'isNumber'> = {},
): ExportColumn => ({ key, headings: { en, fr }, value, ...more })
const toBuyer = { permission: 'orders:recipient' } as const
const toContact = { permission: 'orders:contact' } as const
const money = { permission: 'orders:amounts', isNumber: true } as const
const shipping = { permission: 'fulfillment:read' } as const
const number = { isNumber: true } as const

const words: Record<OrderStatus, Record<Language, string>> = {
  awaiting_payment: { en: 'Awaiting payment', fr: 'En attente de paiement' },
  awaiting_shipment: { en: 'Awaiting shipment', fr: 'À expédier' },
  pending_fulfillment: { en: 'Pending fulfillment', fr: 'En préparation' },
  partially_shipped: { en: 'Partially shipped', fr: 'Expédiée en partie' },
  shipped: { en: 'Shipped', fr: 'Expédiée' },
  on_hold: { en: 'On hold', fr: 'Bloquée' },
  cancelled: { en: 'Cancelled', fr: 'Annulée' },
}

/** Every column there is, in their usual order; headings are such that our own import knows them again. */
export const exportColumns: readonly ExportColumn[] = [
  column('order_number', 'Order Number', 'Numéro de commande', (row) => row.number),
  column('order_date', 'Order Date', 'Date de commande', (row) => row.placed_on),
  column('store', 'Store', 'Boutique', (row) => row.store_name),
  column('status', 'Status', 'Statut', (row, language) => words[row.status][language]),
  column('service', 'Requested Service', 'Service de livraison', (row) => row.service),
  column('ship_by', 'Ship By', 'À expédier avant', (row) => row.ship_by ?? ''),
  column('deliver_by', 'Deliver By', 'À livrer avant', (row) => row.deliver_by ?? ''),
  column('buyer', 'Buyer', 'Acheteur', (row) => row.buyer_name ?? '', toBuyer),
  column('recipient', 'Recipient', 'Destinataire', (row) => row.recipient_name ?? '', toBuyer),
  column('company', 'Company', 'Société', (row) => row.company ?? '', toBuyer),
  column('address_1', 'Address 1', 'Adresse 1', (row) => row.line1 ?? '', toBuyer),
  column('address_2', 'Address 2', 'Adresse 2', (row) => row.line2 ?? '', toBuyer),
  column('address_3', 'Address 3', 'Adresse 3', (row) => row.line3 ?? '', toBuyer),
  column('city', 'City', 'Ville', (row) => row.city ?? '', toBuyer),
  column('region', 'Region', 'Région', (row) => row.region),
  column('postcode', 'Postcode', 'Code postal', (row) => row.postcode),
  column('country', 'Country', 'Pays', (row) => row.country),
  column('email', 'Email', 'E-mail', (row) => row.email ?? '', toContact),
  column('phone', 'Phone', 'Téléphone', (row) => row.phone ?? '', toContact),
  column('buyer_note', 'Buyer Note', 'Note de l’acheteur', (row) => row.buyer_note, toBuyer),
  column('gift_message', 'Gift Message', 'Message cadeau', (row) => row.gift_text, toBuyer),
  column('line', 'Line', 'Ligne', (row) => text(row.position), number),
  column('sku', 'SKU', 'SKU', (row) => row.sku ?? ''),
  column('product_name', 'Product Name', 'Nom du produit', (row) => row.name ?? ''),
  column('quantity', 'Quantity', 'Quantité', (row) => text(row.quantity), number),
  column('cancelled_quantity', 'Cancelled Quantity', 'Quantité annulée', (row) => text(row.cancelled_quantity), number),
  column('tags', 'Tags', 'Tags', (row) => row.tags.join('; ')),
  column('product_tags', 'Product Tags', 'Tags du produit', (row) => row.product_tags.join('; ')),
  column('unit_price', 'Unit Price', 'Prix unitaire', (row) => micros(row.unit_price_micros), money),
  column('discount_rate', 'Discount Rate', 'Taux de remise', (row) => shortest(row.discount_rate ?? ''), money),
  column('discount_amount', 'Line Discount', 'Remise ligne', (row) => micros(row.discount_micros), money),
  column('line_total', 'Line Total', 'Total ligne', ofLine, money),
  column('shipping', 'Shipping Paid', 'Frais de port', (row) => amount(row.shipping_total, row.currency), money),
  column('tax', 'Tax', 'Taxe', (row) => amount(row.tax_total, row.currency), money),
  column('order_total', 'Order Total', 'Total de la commande', (row) => amount(row.total, row.currency), money),
  column('currency', 'Currency', 'Devise', (row) => row.currency ?? '', { permission: 'orders:amounts' }),
  column('shipped_quantity', 'Shipped Quantity', 'Quantité expédiée', (row) => text(row.shipped), {
    ...shipping,
    ...number,
  }),
  column('shipped_on', 'Shipped On', 'Expédiée le', (row) => row.shipped_on ?? '', shipping),
  column('shipped_by', 'Shipped With', 'Expédiée avec', (row) => row.carriers.join('; '), shipping),
  column('tracking', 'Tracking Number', 'Numéro de suivi', (row) => row.tracking.join('; '), shipping),
]

/** The columns that a role may have: another's are neither in the file nor in the list of columns. */
export const columnsFor = (permissions: readonly string[]): ExportColumn[] =>
  exportColumns.filter(({ permission }) => permission === undefined || permissions.includes(permission))

const text = (value: number | null) => (value === null ? '' : String(value))
const shortest = (decimal: string) => (decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal)

/** Millionths of the major unit as a decimal, with the places it needs. */
const micros = (value: number | null) => (value === null ? '' : shortest(decimal(value, 6)))
const amount = (minor: number | null, currency: string | null) =>
  minor === null || currency === null ? '' : decimal(minor, minorDigits(currency))

function ofLine(row: ExportRow): string {
  if (row.unit_price_micros === null || row.currency === null || row.quantity === null) return ''
  const priced = {
    quantity: row.quantity,
    unitPriceMicros: row.unit_price_micros,
    discountRate: row.discount_rate,
    discountMicros: row.discount_micros,
  }
  return amount(lineTotal(priced, row.currency), row.currency)
}

/** A whole number of 10^-places, exactly. */
function decimal(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  const sign = value < 0 ? '-' : ''
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`
}
