import { createHash } from 'node:crypto'
import { Problem } from '#kernel/problem.ts'

export interface Picture {
  mediaType: 'image/png' | 'image/jpeg' | 'image/webp'
  width: number
  height: number
  hash: string
  bytes: Buffer
}

/** Bytes, and pixels of a side. */
export const largest = { bytes: 262_144, side: 2_000 }

/**
 * A picture, told by its own first bytes and never by its name.
 * @throws Problem file_refused with what is wrong with it
 */
export function readPicture(bytes: Buffer): Picture {
  if (
    /^\s*(<\?xml|<!doctype svg|<!--|<svg)/i.test(
      bytes
        .subarray(0, 300)
        .toString('latin1')
        .replace(/^\u00ef\u00bb\u00bf/, ''),
    )
  )
    throw new Problem(
      'file_refused',
      'An SVG can carry scripts, which would run for everybody who comes to the portal. Save it as PNG, JPEG or WebP.',
    )
  if (bytes.length > largest.bytes)
    throw new Problem(
      'file_refused',
      `The picture has ${Math.ceil(bytes.length / 1024)} kB; at most 256 kB can be kept.`,
    )
  const found = png(bytes) ?? jpeg(bytes) ?? webp(bytes)
  if (!found) throw new Problem('file_refused', 'This is no PNG, JPEG or WebP picture.')
  const { width, height } = found
  if (width < 1 || height < 1 || width > largest.side || height > largest.side)
    throw new Problem('file_refused', `The picture has ${width} × ${height} pixels; at most 2000 × 2000 can be kept.`)
  return { ...found, bytes, hash: createHash('sha256').update(bytes).digest('hex') }
}

type Found = Pick<Picture, 'mediaType' | 'width' | 'height'> | undefined

function png(bytes: Buffer): Found {
  if (
    bytes.length < 33 ||
    bytes.readBigUInt64BE(0) !== 0x89504e470d0a1a0an ||
    bytes.toString('latin1', 12, 16) !== 'IHDR'
  )
    return undefined
  return { mediaType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** Walks from marker to marker until the frame that says how large it is. */
function jpeg(bytes: Buffer): Found {
  if (bytes.length < 4 || bytes.readUInt32BE(0) >>> 8 !== 0xffd8ff) return undefined
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1]!
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { mediaType: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

function webp(bytes: Buffer): Found {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return undefined
  const mediaType = 'image/webp' as const
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { mediaType, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { mediaType, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8 ':
      return { mediaType, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    default:
      return undefined
  }
}
