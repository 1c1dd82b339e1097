import type { Params, ReasonCode } from './reasons.ts'

/** What reading a cell gives: its value, or the reason against it. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; code: ReasonCode; params: Params }

export const good = <T>(value: T): Outcome<T> => ({ ok: true, value })
export const bad = (code: ReasonCode, params: Params = {}): Outcome<never> => ({ ok: false, code, params })

/** 4.00638E+12: what a spreadsheet leaves of a long number. Codes like 12E5 never carry the plus sign. */
export const isDamaged = (text: string) => /^[-+]?\d([.,]\d*)?E\+\d+$/i.test(text)
