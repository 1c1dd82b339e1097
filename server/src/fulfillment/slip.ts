import { letterheadOf } from './letterhead.ts'
import { grey, openDocument, type PrintLanguage, page } from './printer.ts'
import type { SlipData, Slips } from './queries/slips.ts'

/** The words of a slip; the language is that of who prints it. */
const words = {
  en: {
    slip: 'Packing slip',
    order: 'Order',
    date: 'Ordered on',
    service: 'Service',
    to: 'Ship to',
    removed: 'Removed on',
    sku: 'SKU',
    item: 'Item',
    quantity: 'Quantity',
    gift: 'Gift message',
    note: 'Note of the buyer',
  },
  fr: {
    slip: 'Bon de livraison',
    order: 'Commande',
    date: 'Commandée le',
    service: 'Service',
    to: 'Livrer à',
    removed: 'Supprimé le',
    sku: 'Réf.',
    item: 'Article',
    quantity: 'Quantité',
    gift: 'Message cadeau',
    note: 'Note de l’acheteur',
  },
} as const

/**
 * Packing slips as one A4 PDF, each from a new page: merchant (of a client's order: the portal's name and logo), recipient, lines,
 * gift text and note. No price stands in what it is made from.
 * @param options.compress off lets a test read the text
 */
export async function printSlips(
  { slips, letterhead }: Slips,
  language: PrintLanguage = 'en',
  options: { compress?: boolean } = {},
): Promise<NodeJS.ReadableStream> {
  const document = await openDocument(words[language].slip, options)
  const printPortal = letterheadOf(document, letterhead)
  for (const slip of slips) {
    document.addPage()
    if (slip.ofClient) printPortal()
    else letterheadOf(document, { name: slip.merchantName, logo: null })()
    printSlip(document, slip, language)
  }
  document.end()
  return document
}

function printSlip(document: PDFKit.PDFDocument, slip: SlipData, language: PrintLanguage) {
  const { slip: title, order, date, service, to, removed, gift, note } = words[language]
  const country = new Intl.DisplayNames([language], { type: 'region' })
  const day = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  const text = (value: string, x: number, width: number) =>
    document.text(value.normalize('NFC'), x, document.y, { width })
  document.font('regular').fontSize(10).fillColor(grey)
  text(title, page.left, 300)

  const top = Math.max(130, document.y + 20)
  document.y = top
  document.font('regular').fontSize(9).fillColor(grey)
  text(to, page.left, 260)
  document.fontSize(12).fillColor('black')
  if (slip.removedOn) text(`${removed} ${day.format(new Date(slip.removedOn))}`, page.left, 260)
  for (const part of slip.address) text(part, page.left, 260)
  if (slip.country) text((country.of(slip.country) ?? slip.country).toLocaleUpperCase(language), page.left, 260)
  const below = document.y

  document.y = top
  for (const [name, value] of [
    [order, slip.number],
    [date, day.format(new Date(slip.placedOn))],
    [service, slip.service],
  ]) {
    if (!value) continue
    document.font('regular').fontSize(9).fillColor(grey)
    text(name!, 360, 179)
    document.fontSize(11).fillColor('black')
    text(value, 360, 179)
    document.moveDown(0.4)
  }

  document.y = Math.max(below, document.y) + 32
  printLines(document, slip, language)
  for (const [name, value] of [
    [gift, slip.giftText],
    [note, slip.buyerNote],
  ]) {
    if (!value) continue
    document.moveDown(1.5).font('semibold').fontSize(9).fillColor(grey)
    text(name!, page.left, page.right - page.left)
    document.font('regular').fontSize(11).fillColor('black')
    text(value, page.left, page.right - page.left)
  }
}

function printLines(document: PDFKit.PDFDocument, { lines }: SlipData, language: PrintLanguage) {
  const { sku, item, quantity } = words[language]
  const row = (cells: [string, string, string], size: number) => {
    const at = document.y
    const options = (width: number, align: 'left' | 'right' = 'left') => ({ width, align })
    document.fontSize(size)
    let bottom = at
    for (const [index, [x, width]] of [
      [page.left, 120],
      [page.left + 130, 283],
      [page.left + 423, 60],
    ].entries()) {
      document.text(cells[index]!.normalize('NFC'), x!, at, options(width!, index === 2 ? 'right' : 'left'))
      bottom = Math.max(bottom, document.y)
    }
    document.y = bottom + 5
    document.moveTo(page.left, document.y).lineTo(page.right, document.y).lineWidth(0.5).strokeColor('#c9ced6').stroke()
    document.y += 6
  }
  document.font('semibold').fillColor(grey)
  row([sku, item, quantity], 9)
  document.font('regular').fillColor('black')
  for (const line of lines) {
    if (document.y > page.bottom - 40) document.addPage()
    row([line.sku, line.name, String(line.quantity)], 11)
  }
}
