import { inflateSync } from 'node:zlib'

/**
 * The text of a PDF that pdfkit wrote: glyph numbers are turned back by each font's ToUnicode map.
 * Enough for our own documents, so that a test can read what stands on them.
 */
export function pdfText(pdf: Buffer): string {
  const source = pdf
    .toString('latin1')
    .replace(/(\/FlateDecode[^>]*>>\nstream\n)([\s\S]*?)(?=\nendstream)/g, (_, head, packed) => head + unpacked(packed))
  const objects = new Map<string, string>()
  for (const [, id, body] of source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id!, body!)
  const fonts = new Map<string, string[]>()
  for (const [, name, id] of source.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id!) ?? '')?.[1]
    if (map) fonts.set(name!, toUnicode(objects.get(map)!))
  }
  let font: string[] = []
  let text = ''
  for (const [, name, run] of source.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = fonts.get(name) ?? []
    else {
      for (const [, hex] of run!.matchAll(/<([0-9a-f]+)>/gi))
        for (const [glyph] of hex!.matchAll(/.{4}/g)) text += font[Number.parseInt(glyph, 16)] ?? ''
      text += '\n'
    }
  }
  return text
}

function toUnicode(cmap: string): string[] {
  const characters: string[] = []
  for (const [, from, list] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    ;[...list!.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, code], index) => {
      const units = [...code!.replaceAll(' ', '').matchAll(/.{4}/g)].map(([unit]) => Number.parseInt(unit, 16))
      characters[Number.parseInt(from!, 16) + index] = String.fromCharCode(...units)
    })
  }
  return characters
}

const unpacked = (stream: string) => inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')
