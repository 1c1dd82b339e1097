import { sql } from '#kernel/db/sql.ts'
import type { Audience, Permission } from '#kernel/permissions.ts'
import { cells, type Expression } from './cells.ts'
import type { LineSource, OrderSource } from './sources.ts'

export type Language = 'en' | 'fr'

/**
 * A column of the export: how it is headed, who may have it, what stands in it. `text` is what people typed, and is
 * guarded; a `number` is written with the decimal mark of the file; `plain` stands as it is.
 */
export interface ExportColumn {
  key: string
  headings: Record<Language, string>
  kind: 'text' | 'number' | 'plain'
  /** Of the line, or of the order: the same on each of its lines. */
  level: 'order' | 'line'
  permission?: Permission
  /** Words of the house about its work, not in a client's file. */
  ofHouse?: true
  /** What it needs beside the order and the line. */
  sources: readonly (OrderSource | LineSource)[]
  cell: (language: Language) => Expression
}

type Rest = Pick<ExportColumn, 'level' | 'sources' | 'permission' | 'ofHouse'>
const column =
  (kind: ExportColumn['kind'], rest: Rest) =>
  (key: string, en: string, fr: string, cell: Expression | ExportColumn['cell']): ExportColumn => ({
    key,
    headings: { en, fr },
    kind,
    ...rest,
    cell: typeof cell === 'function' ? cell : () => cell,
  })

const ofOrder = { level: 'order', sources: [] } as const
const ofLine = { level: 'line', sources: [] } as const
const text = column('text', ofOrder)
const plain = column('plain', ofOrder)
const note = column('text', { ...ofOrder, permission: 'orders:recipient' })
const recipient = column('text', { level: 'order', sources: ['recipient'], permission: 'orders:recipient' })
const contact = column('text', { level: 'order', sources: ['contact'], permission: 'orders:contact' })
const amounts = { level: 'order', sources: ['amounts'], permission: 'orders:amounts' } as const
const amount = column('number', amounts)
const lineText = column('text', ofLine)
const lineNumber = column('number', ofLine)
const prices = { level: 'line', sources: ['prices'], permission: 'orders:amounts' } as const
const price = column('number', prices)
const costs = { level: 'order', sources: ['costs'], permission: 'shipping-costs:read' } as const
const sent = { level: 'line', sources: ['sent'], permission: 'fulfillment:read' } as const

/** Every column there is, in their usual order; headings are such that our own import knows them again. */
export const exportColumns: readonly ExportColumn[] = [
  text('order_number', 'Order Number', 'Numéro de commande', sql`o.number`),
  plain('order_date', 'Order Date', 'Date de commande', sql`o.placed_on::text`),
  column('text', { level: 'order', sources: ['store'] })('store', 'Store', 'Boutique', sql`s.name`),
  plain('status', 'Status', 'Statut', cells.status),
  text('service', 'Requested Service', 'Service de livraison', sql`o.service`),
  plain('ship_by', 'Ship By', 'À expédier avant', sql`o.ship_by::text`),
  plain('deliver_by', 'Deliver By', 'À livrer avant', sql`o.deliver_by::text`),
  recipient('buyer', 'Buyer', 'Acheteur', sql`r.buyer_name`),
  recipient('recipient', 'Recipient', 'Destinataire', cells.recipientOrGone),
  recipient('company', 'Company', 'Société', sql`r.company`),
  recipient('address_1', 'Address 1', 'Adresse 1', sql`r.line1`),
  recipient('address_2', 'Address 2', 'Adresse 2', sql`r.line2`),
  recipient('address_3', 'Address 3', 'Adresse 3', sql`r.line3`),
  recipient('city', 'City', 'Ville', sql`r.city`),
  text('region', 'Region', 'Région', sql`o.region`),
  text('postcode', 'Postcode', 'Code postal', sql`o.postcode`),
  text('country', 'Country', 'Pays', sql`o.country`),
  contact('email', 'Email', 'E-mail', sql`c.email`),
  contact('phone', 'Phone', 'Téléphone', sql`c.phone`),
  note('buyer_note', 'Buyer Note', 'Note de l’acheteur', sql`o.buyer_note`),
  note('gift_message', 'Gift Message', 'Message cadeau', sql`o.gift_text`),
  lineNumber('line', 'Line', 'Ligne', sql`l.position::text`),
  lineText('sku', 'SKU', 'SKU', sql`l.sku`),
  lineText('product_name', 'Product Name', 'Nom du produit', sql`l.name`),
  lineNumber('quantity', 'Quantity', 'Quantité', sql`l.quantity::text`),
  lineNumber('cancelled_quantity', 'Cancelled Quantity', 'Quantité annulée', sql`l.cancelled_quantity::text`),
  column('text', { level: 'order', sources: ['tags'], ofHouse: true })('tags', 'Tags', 'Tags', sql`ot.tags`),
  column('text', { level: 'line', sources: ['lineTags'], ofHouse: true })(
    'product_tags',
    'Product Tags',
    'Tags du produit',
    sql`lt.tags`,
  ),
  price('unit_price', 'Unit Price', 'Prix unitaire', cells.micros(sql`p.unit_price_micros`)),
  price('discount_rate', 'Discount Rate', 'Taux de remise', sql`trim_scale(p.discount_rate)::text`),
  price('discount_amount', 'Line Discount', 'Remise ligne', cells.micros(sql`p.discount_micros`)),
  column('number', { ...prices, sources: ['prices', 'amounts'] })(
    'line_total',
    'Line Total',
    'Total ligne',
    cells.lineTotal,
  ),
  amount('shipping', 'Shipping Paid', 'Frais de port', cells.amount(sql`a.shipping_total`)),
  amount('tax', 'Tax', 'Taxe', cells.amount(sql`a.tax_total`)),
  amount('order_total', 'Order Total', 'Total de la commande', cells.amount(sql`a.total`)),
  column('text', amounts)('currency', 'Currency', 'Devise', sql`a.currency`),
  column('number', costs)('carrier_cost', 'Carrier Cost', 'Coût du transporteur', cells.costs),
  column('text', costs)('carrier_cost_currency', 'Carrier Cost Currency', 'Devise du coût', sql`sc.currency`),
  column('number', sent)('shipped_quantity', 'Shipped Quantity', 'Quantité expédiée', sql`sent.shipped::text`),
  column('plain', sent)('shipped_on', 'Shipped On', 'Expédiée le', sql`sent.shipped_on::text`),
  column('text', sent)('shipped_by', 'Shipped With', 'Expédiée avec', sql`sent.carriers`),
  column('text', sent)('tracking', 'Tracking Number', 'Numéro de suivi', sql`sent.tracking`),
]

/** The columns that somebody may have: another's are neither in the file nor in the list of columns. */
export const columnsFor = (who: Exporter): ExportColumn[] =>
  exportColumns.filter(
    ({ permission, ofHouse }) =>
      (permission === undefined || who.permissions.includes(permission)) && (!ofHouse || who.audience === 'staff'),
  )

/** Who exports, by what he may and on which side he is. */
export type Exporter = { permissions: readonly string[]; audience: Audience }
