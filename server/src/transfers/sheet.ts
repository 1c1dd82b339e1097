import { grey, letterheadOf, openDocument, type PrintLanguage, page } from '#fulfillment'
import { code128 } from './code128.ts'
import type { SheetData } from './queries/sheet.ts'

const words = {
  en: {
    sheet: 'Stock transfer',
    from: 'From',
    to: 'To',
    created: 'Created on',
    expected: 'Expected on',
    carrier: 'Carrier',
    tracking: 'Tracking',
    cartons: 'Cartons',
    note: 'Note',
    sku: 'SKU',
    item: 'Item',
    declared: 'Declared',
    counted: 'Counted',
    units: 'units in all',
  },
  fr: {
    sheet: 'Transfert de stock',
    from: 'De',
    to: 'À',
    created: 'Créé le',
    expected: 'Attendu le',
    carrier: 'Transporteur',
    tracking: 'Suivi',
    cartons: 'Cartons',
    note: 'Note',
    sku: 'Réf.',
    item: 'Article',
    declared: 'Déclaré',
    counted: 'Compté',
    units: 'unités en tout',
  },
} as const

/**
 * The sheet of a transfer as an A4 PDF: number with its barcode, addresses, lines with theirs, room to write what was counted.
 * @param options.compress off lets a test read the text
 */
export async function printSheet(
  sheet: SheetData,
  language: PrintLanguage = 'en',
  options: { compress?: boolean } = {},
): Promise<NodeJS.ReadableStream> {
  const document = await openDocument(`${words[language].sheet} ${sheet.number}`, options)
  document.addPage()
  printHead(document, sheet, language)
  printLines(document, sheet, language)
  document.end()
  return document
}

function printHead(document: PDFKit.PDFDocument, sheet: SheetData, language: PrintLanguage) {
  const word = words[language]
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB'
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const text = (value: string, x: number, width: number) =>
    document.text(value.normalize('NFC'), x, document.y, { width })
  letterheadOf(document, sheet.letterhead)()
  document.font('regular').fontSize(10).fillColor(grey)
  text(word.sheet, page.left, 280)
  const top = Math.max(136, document.y + 20)
  drawBars(document, sheet.number, { x: 379, y: 56, width: 160, height: 36 })
  document.font('semibold').fontSize(12).fillColor('black')
  document.text(sheet.number, 379, 96, { width: 160, align: 'center' })

  const country = sheet.country ? new Intl.DisplayNames([language], { type: 'region' }).of(sheet.country) : undefined
  const columns: [x: number, blocks: [string, (string | undefined)[]][]][] = [
    [
      page.left,
      [
        [word.from, [sheet.from]],
        [word.to, [sheet.letterhead.name, sheet.warehouse, ...sheet.address, country?.toLocaleUpperCase(language)]],
      ],
    ],
    [
      360,
      [
        [word.created, [day.format(new Date(sheet.createdAt))]],
        [word.expected, [sheet.expectedOn ? day.format(new Date(sheet.expectedOn)) : undefined]],
        [word.carrier, [sheet.carrier]],
        [word.tracking, [sheet.tracking]],
        [word.cartons, [sheet.cartons ? new Intl.NumberFormat(locale).format(sheet.cartons) : undefined]],
      ],
    ],
  ]
  const bottoms = columns.map(([x, blocks]) => {
    document.y = top
    for (const [name, values] of blocks) {
      const given = values.filter(Boolean) as string[]
      if (given.length === 0) continue
      document.font('regular').fontSize(9).fillColor(grey)
      text(name, x, 179)
      document.fontSize(11).fillColor('black')
      for (const value of given) text(value, x, x === 360 ? 179 : 280)
      document.moveDown(0.4)
    }
    return document.y
  })
  document.y = Math.max(...bottoms) + 12
  if (!sheet.note) return
  document.font('regular').fontSize(9).fillColor(grey)
  text(word.note, page.left, page.right - page.left)
  document.fontSize(11).fillColor('black')
  text(sheet.note, page.left, page.right - page.left)
  document.moveDown(0.8)
}

function printLines(document: PDFKit.PDFDocument, { lines }: SheetData, language: PrintLanguage) {
  const { sku, item, declared, counted, units } = words[language]
  const columns = [
    { x: page.left, width: 190, align: 'left' },
    { x: 256, width: 150, align: 'left' },
    { x: 416, width: 56, align: 'right' },
    { x: 482, width: 57, align: 'right' },
  ] as const
  const row = (cells: string[], size: number, barcode = '') => {
    const at = document.y
    const bars = barcode !== '' && drawBars(document, barcode, { x: page.left, y: at, width: 190, height: 18 })
    const top = bars ? at + 21 : at
    let bottom = top
    document.fontSize(size).fillColor(size === 9 ? grey : 'black')
    for (const [index, { x, width, align }] of columns.entries()) {
      document.text(cells[index]!.normalize('NFC'), x, index === 0 ? top : at, { width, align })
      bottom = Math.max(bottom, document.y)
    }
    document.y = bottom + 5
    document.moveTo(page.left, document.y).lineTo(page.right, document.y).lineWidth(0.5).strokeColor('#c9ced6').stroke()
    document.y += 6
  }
  const number = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB')
  document.font('semibold')
  row([sku, item, declared, counted], 9)
  document.font('regular')
  for (const line of lines) {
    if (document.y > page.bottom - 60) {
      document.addPage()
      document.y = 56
    }
    const code = line.barcode || line.sku
    const stands = line.each === 1 ? code : `${code} × ${number.format(line.each)}`
    row(
      [code === line.sku ? line.sku : `${line.sku} · ${stands}`, line.name, number.format(line.quantity), ''],
      10,
      code,
    )
  }
  const total = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  document.font('semibold').fontSize(10).fillColor('black')
  document.text(`${number.format(total)} ${units}`, page.left, document.y, { width: 416, align: 'right' })
}

/** Draws a text as bars; returns false where it has none, or too many for a scanner to tell apart. */
function drawBars(
  document: PDFKit.PDFDocument,
  text: string,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): boolean {
  if (!/^[\x20-\x7e]{1,24}$/.test(text)) return false
  const widths = code128(text)
  const modules = widths.reduce((sum, one) => sum + one, 20)
  const module = Math.min(width / modules, 1.4)
  let at = x + 10 * module
  for (const [index, one] of widths.entries()) {
    if (index % 2 === 0) document.rect(at, y, one * module, height)
    at += one * module
  }
  document.fill('black')
  return true
}
