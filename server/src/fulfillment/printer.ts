import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const font = (name: string) => readFile(join(import.meta.dirname, 'fonts', `Inter-${name}.ttf`))

/** What makes PDFs takes 20 MB: it comes with the first page. */
const loadPrinter = async () => {
  const [{ default: Document }, regular, semibold] = await Promise.all([
    import('pdfkit'),
    font('Regular'),
    font('SemiBold'),
  ])
  return { Document, regular, semibold }
}
let printer: ReturnType<typeof loadPrinter> | undefined

/** The language of what is printed is that of who prints it. */
export type PrintLanguage = 'en' | 'fr'

/** The place for text on an A4 page, and the grey of what explains. */
export const page = { left: 56, right: 539, bottom: 770 }
export const grey = '#5b6470'

/**
 * An A4 document without pages yet, with the fonts `regular` and `semibold`.
 * @param options.compress off lets a test read the text
 */
export async function openDocument(title: string, options: { compress?: boolean } = {}): Promise<PDFKit.PDFDocument> {
  printer ??= loadPrinter()
  const { Document, regular, semibold } = await printer
  const document = new Document({ size: 'A4', margin: 56, autoFirstPage: false, info: { Title: title }, ...options })
  document.registerFont('regular', regular).registerFont('semibold', semibold)
  return document
}
