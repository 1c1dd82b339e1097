import { describe, expect, it } from 'vitest'
import { readPasted } from './pasted-lines.ts'

describe('lines pasted from a sheet', () => {
  it('are read by tab, semicolon or comma, without empty rows', () => {
    expect(readPasted('TEA\t12\r\nCUP\t3\n\n')).toEqual([
      { sku: 'TEA', quantity: '12' },
      { sku: 'CUP', quantity: '3' },
    ])
    expect(readPasted('TEA;x')).toEqual([{ sku: 'TEA', quantity: 'x' }])
  })
  it('are none where the text is one SKU', () => {
    expect(readPasted('TEA-1')).toEqual([])
    expect(readPasted('')).toEqual([])
  })
})
