import { sql } from '#kernel/db/sql.ts'
import { onPaper } from './paper-png.ts'
import { page } from './printer.ts'

/** Whose paper it is: a name, and the logo of a portal (PNG or JPEG) where it has one. */
export interface Letterhead {
  name: string
  logo: Buffer | null
}

/** That of the portal of the caller's account, for what clients and their buyers get. */
export const portalLetterhead = sql<Letterhead>`select name, logo from portal.letterhead()`

/** Left out of the types: reads a picture once, to be drawn often. */
interface Opening {
  openImage(bytes: Buffer): PDFKit.Mixins.ImageSrc
}

const largest = { width: 180, height: 40 }

/**
 * What draws a letterhead where the page stands now. The logo is read once, however many pages bear it; one that cannot be
 * printed is left out.
 */
export function letterheadOf(document: PDFKit.PDFDocument, { name, logo }: Letterhead): () => void {
  const bytes = printable(logo)
  const picture = bytes && (document as unknown as Opening).openImage(bytes)
  return () => {
    if (picture) {
      document.image(picture, page.left, document.y, { fit: [largest.width, largest.height] })
      document.y += largest.height + 6
    }
    document
      .font('semibold')
      .fontSize(picture ? 12 : 16)
      .fillColor('black')
    document.text(name.normalize('NFC'), page.left, document.y, { width: 280 })
  }
}

/** A logo as it is printed; undefined where there is none, or none that a printer of PDFs can read. */
export const printable = (logo: Buffer | null): Buffer | undefined =>
  logo?.subarray(0, 2).equals(jpegBegin) ? logo : logo ? onPaper(logo) : undefined
const jpegBegin = Buffer.from('ffd8', 'hex')
