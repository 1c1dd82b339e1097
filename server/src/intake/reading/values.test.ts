import { describe, expect, test } from 'vitest'
import { plainFormat } from '../../testing/plain-format.ts'
import type { Format } from './index.ts'
import { type FieldType, readValue } from './values.ts'

const format: Format = { ...plainFormat, dateOrder: 'dmy' }

const read = (type: FieldType, cell: string, changes: Partial<Format> = {}) => {
  const outcome = readValue(type, cell, { ...format, ...changes })
  return outcome.ok ? outcome.value : outcome.code
}
const micros = (cell: string, decimalComma = false) => {
  const money = read('money', cell, { decimalComma })
  return typeof money === 'object' && money !== null && 'micros' in money ? money.micros : money
}

describe('money is read exactly', () => {
  test.each([
    ['9.8', 9_800000n],
    ['0', 0n],
    ['.5', 500000n],
    ['12.', 12_000000n],
    ['1,012.50', 1_012_500000n],
    ['1234567.891234', 1_234567_891234n],
    ['0.100000000', 100000n],
    ["1'012.50", 1_012_500000n],
    ['1,23', 'decimal_mark'],
    ['1,2345.6', 'not_a_number'],
    ['1.2345678', 'too_many_decimals'],
    ['-1', 'negative'],
    ['abc', 'not_a_number'],
    ['1e3', 'not_a_number'],
    ['9.4E+21', 'damaged_number'],
    ['1000000000', 'number_too_big'],
    ['#REF!', 'spreadsheet_error'],
    ['', null],
    ['N/A', null],
  ])('%j with a decimal point', (cell, value) => expect(micros(cell)).toBe(value))

  test.each([
    ['12,50', 12_500000n],
    ['1.012,50', 1_012_500000n],
    ['1 012,50', 1_012_500000n],
    ['1\u202f012,50', 1_012_500000n],
    ['1.234', 1_234_000000n],
    ['12.50', 'decimal_mark'],
  ])('%j with a decimal comma', (cell, value) => expect(micros(cell, true)).toBe(value))

  test.each([
    ['$1,012.50', null],
    ['AU $3,000.00', 'AUD'],
    ['EUR 90.00', 'EUR'],
    ['12.50 €', 'EUR'],
    ['£5', 'GBP'],
    ['7 CHF', 'CHF'],
  ])('%j names its currency', (cell, currency) => expect(read('money', cell)).toMatchObject({ currency }))
})

describe('quantities, rates and percents', () => {
  test.each([
    ['12', 12],
    ['1,000', 1000],
    ['3.00', 3],
    ['-2', 'negative'],
    ['0', 'quantity_zero'],
    ['1.5', 'not_whole'],
    ['1000001', 'number_too_big'],
    ['two', 'not_a_number'],
  ])('quantity %j', (cell, value) => expect(read('quantity', cell)).toBe(value))

  test.each([
    ['rate', '0.15', 150000n],
    ['rate', '15 %', 150000n],
    ['rate', '15', 'rate_over_one'],
    ['percent', '15', 150000n],
    ['percent', '12.5%', 125000n],
    ['percent', '101', 'percent_over_hundred'],
  ] as const)('%s %j', (type, cell, value) => expect(read(type, cell)).toBe(value))
})

describe('dates', () => {
  test.each([
    ['1996-07-04', '1996-07-04'],
    ['31/12/2026', '2026-12-31'],
    ['20.11.2026', '2026-11-20'],
    ['3/4/26', '2026-04-03'],
    ['4/7/96', '1996-07-04'],
    ['19960704', '1996-07-04'],
    ['26-May-26', '2026-05-26'],
    ['Nov-20-26', '2026-11-20'],
    ['1er août 2026', '2026-08-01'],
    ['20 nov. 2026', '2026-11-20'],
    ['November 20, 2026', '2026-11-20'],
    ['29/02/2028', '2028-02-29'],
    ['30/02/2026', 'no_such_day'],
    ['12/31/2026', 'date_order'],
    ['00/01/2026', 'no_such_day'],
    ['46234', 'date_is_serial'],
    ['1066-10-14', 'date_implausible'],
    ['yesterday', 'not_a_date'],
    ['1996-07-04 25:00', 'not_a_date'],
  ])('%j, day first', (cell, day) => {
    const date = read('date', cell)
    expect(typeof date === 'string' ? date : (date as { day: string }).day).toBe(day)
  })

  test('month first, and year first', () => {
    expect(read('date', '12/31/2026', { dateOrder: 'mdy' })).toEqual({ day: '2026-12-31', time: null })
    expect(read('date', '31/12/2026', { dateOrder: 'mdy' })).toBe('date_order')
    expect(read('date', '31/12/2026', { dateOrder: 'ymd' })).toBe('date_order')
    expect(read('date', '96/07/04', { dateOrder: 'ymd' })).toEqual({ day: '1996-07-04', time: null })
  })

  test.each([
    ['2026-11-20 09:07:00 +0100', '2026-11-20T09:07:00+01:00'],
    ['2026-11-20T09:07:05.123Z', '2026-11-20T09:07:05Z'],
    ['20/11/2026 9:07 PM', '2026-11-20T21:07:00'],
    ['20/11/2026 12:07 am', '2026-11-20T00:07:00'],
    ['1996-07-04 00:00:00.000', null],
  ])('the time of %j', (cell, time) => expect(read('date', cell)).toMatchObject({ time }))
})

describe('countries', () => {
  test.each([
    ['fr', 'FR'],
    ['FRA', 'FR'],
    ['France', 'FR'],
    ['Allemagne', 'DE'],
    ['Deutschland', 'DE'],
    ['UK', 'GB'],
    ['England', 'GB'],
    ['Great Britain', 'GB'],
    ['USA', 'US'],
    ['U.S.A.', 'US'],
    ['États-Unis', 'US'],
    ['The Netherlands', 'NL'],
    ['Côte d’Ivoire', 'CI'],
    ['Venezuela', 'VE'],
    ['Namibia', 'NA'],
    ['NA', 'NA'],
    ['Türkiye', 'TR'],
    ['South Korea', 'KR'],
    ['Atlantis', 'country_unknown'],
    ['ZZ', 'country_unknown'],
  ])('%j', (cell, code) => expect(read('country', cell)).toBe(code))
})

describe('codes stay as they are', () => {
  test.each([
    ['00123', '00123'],
    ["'00123", '00123'],
    ['12E5', '12E5'],
    ['-A', '-A'],
    ['4.00638E+12', 'damaged_number'],
    ['4,00638E+12', 'damaged_number'],
    ['=cmd()', 'formula'],
    ['@SUM(A1)', 'formula'],
    ['A\0B', 'unreadable_text'],
    ['x'.repeat(101), 'too_long'],
  ])('%j', (cell, value) => expect(read('code', cell)).toBe(value))
})

describe('phones, e-mails, words and tags', () => {
  test.each([
    ['phone', '(071) 23 67 22 20', '(071) 23 67 22 20'],
    ['phone', "'+33 1 47 55 60 10", '+33 1 47 55 60 10'],
    ['phone', '26.47.15.10 ext. 4', '26.47.15.10 ext. 4'],
    ['phone', 'a@b.example', 'phone_is_email'],
    ['phone', 'telephone 5', 'not_a_phone'],
    ['phone', '3.36E+10', 'damaged_number'],
    ['phone', '-', null],
    ['email', 'zoe@example.org', 'zoe@example.org'],
    ['email', 'zoe at example', 'not_an_email'],
    ['boolean', 'Oui', true],
    ['boolean', '0', false],
    ['boolean', 'perhaps', 'not_yes_or_no'],
    ['paid', 'partially_paid', false],
    ['paid', 'PAID', true],
    ['currency', 'eur', 'EUR'],
    ['currency', 'Euro', 'currency_unknown'],
    ['text', 'M�nster', 'unreadable_text'],
  ] as const)('%s %j', (type, cell, value) => expect(read(type, cell)).toBe(value))

  test('a comma never splits a tag', () => {
    expect(read('tags', 'supplier:Pavlova, Ltd.; cold |cold\nnew')).toEqual(['supplier:Pavlova, Ltd.', 'cold', 'new'])
  })
})
