import { describe, expect, it } from 'vitest'
import { barcodesText, readBarcodes } from './barcodes.ts'

describe('barcodes as a person writes them', () => {
  it('reads a code a line, with how many are under it', () => {
    const codes = [
      { code: '4006381333931', quantity: 1 },
      { code: '14006381333938', quantity: 12 },
    ]
    expect(readBarcodes('4006381333931\n\n 14006381333938 x 12 ')).toEqual(codes)
    expect(readBarcodes(barcodesText(codes))).toEqual(codes)
    expect(readBarcodes('BOX x')).toEqual([{ code: 'BOX x', quantity: 1 }])
  })
  it('takes no code twice, and no quantity of none', () => {
    expect(readBarcodes('1\n1 × 12')).toBeUndefined()
    expect(readBarcodes('1 × 0')).toBeUndefined()
  })
})
