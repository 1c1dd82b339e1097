import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** How many samples a pixel has, by the colour type of a PNG: grey, colours, palette, grey and alpha, colours and alpha. */
const samples = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
])

/**
 * A PNG as it looks on white paper: eight bits of red, green and blue, nothing transparent. It is unpacked here and not by what
 * writes the PDF, where a broken one would end the process, outside of any promise. Undefined: it is broken, or of a kind that
 * logos seldom are (interlaced, other than eight bits a sample).
 */
export function onPaper(png: Buffer): Buffer | undefined {
  try {
    const [width, height, bits, kind, interlaced] = [
      png.readUInt32BE(16),
      png.readUInt32BE(20),
      png[24],
      png[25]!,
      png[28],
    ]
    const size = samples.get(kind)
    if (!size || bits !== 8 || interlaced !== 0) return undefined
    const { data, palette, alphas } = chunksOf(png)
    const row = width * size
    const packed = inflateSync(data, { maxOutputLength: height * (row + 1) })
    if (packed.length !== height * (row + 1)) return undefined
    const pixels = unfilter(packed, row, size)
    const shown = Buffer.alloc(height * (1 + width * 3))
    for (let at = 0, pixel = 0, y = 0; y < height; y++) {
      at++
      for (let x = 0; x < width; x++, pixel += size) {
        const first = pixels[pixel]!
        const alpha = kind === 3 ? (alphas[first] ?? 255) : kind === 4 || kind === 6 ? pixels[pixel + size - 1]! : 255
        for (let colour = 0; colour < 3; colour++) {
          const value = kind === 3 ? palette[first * 3 + colour]! : size < 3 ? first : pixels[pixel + colour]!
          shown[at++] = Math.round((value * alpha + 255 * (255 - alpha)) / 255)
        }
      }
    }
    return written(width, height, deflateSync(shown))
  } catch {
    return undefined
  }
}

/** @throws RangeError where a chunk ends beyond the file */
function chunksOf(png: Buffer) {
  const parts: Buffer[] = []
  let palette: Buffer = Buffer.alloc(0)
  let alphas: Buffer = Buffer.alloc(0)
  for (let at = 8; ; ) {
    const length = png.readUInt32BE(at)
    const content = png.subarray(at + 8, at + 8 + length)
    const name = png.toString('latin1', at + 4, at + 8)
    if (name === 'IEND') return { data: Buffer.concat(parts), palette, alphas }
    if (name === 'IDAT') parts.push(content)
    if (name === 'PLTE') palette = content
    if (name === 'tRNS') alphas = content
    at += length + 12
  }
}

/** Takes back, row by row, by what each byte was written as a difference from its neighbours. @throws RangeError for another way */
function unfilter(packed: Buffer, row: number, size: number): Buffer {
  const out = Buffer.alloc((packed.length / (row + 1)) * row)
  for (let at = 0, from = 0; from < packed.length; ) {
    const way = packed[from++]!
    for (let x = 0; x < row; x++, at++) {
      const left = x < size ? 0 : out[at - size]!
      const above = at < row ? 0 : out[at - row]!
      const corner = x < size || at < row ? 0 : out[at - row - size]!
      out[at] = packed[from++]! + guess(way, left, above, corner)
    }
  }
  return out
}

function guess(way: number, left: number, above: number, corner: number): number {
  if (way === 0) return 0
  if (way === 1) return left
  if (way === 2) return above
  if (way === 3) return (left + above) >> 1
  if (way !== 4) throw new RangeError('no such filter')
  const sum = left + above - corner
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - above), Math.abs(sum - corner)]
  return a <= b && a <= c ? left : b <= c ? above : corner
}

function written(width: number, height: number, data: Buffer): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const [before, after] = [Buffer.alloc(4), Buffer.alloc(4)]
  before.writeUInt32BE(content.length)
  after.writeUInt32BE(crc32(body))
  return Buffer.concat([before, body, after])
}
