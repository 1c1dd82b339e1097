import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { useFormat } from '../../../components/format.ts'
import { editWords } from '../edit-words.ts'
import type { Request } from './useRequests.ts'

export const kindWords: Record<Request['kind'], MessageDescriptor> = {
  edit: msg`Change of the order`,
  hold: msg`Stop`,
  cancel: msg`Cancellation`,
  return: msg`Return`,
}
export const stateWords: Record<Request['state'], MessageDescriptor> = {
  open: msg`Open`,
  approved: msg`Approved`,
  refused: msg`Refused`,
  withdrawn: msg`Withdrawn`,
  outdated: msg`Outdated`,
}
export const lineWords: Record<string, MessageDescriptor> = {
  quantity: msg`Quantity`,
  unitPriceMicros: msg`Unit price`,
  discountRate: msg`Discount`,
}

/** How a field of a request is called, and how its values read. */
export function useFieldWords() {
  const { i18n } = useLingui()
  const { country, day, number } = useFormat()
  const nameOf = (field: string) => field.split('.').at(-1)!
  return {
    label: ({ field, line }: Request['fields'][number]): string => {
      if (field === 'until') return i18n._(msg`Until`)
      if (field in editWords) return i18n._(editWords[field as keyof typeof editWords])
      const word = lineWords[nameOf(field)]
      return [line?.name || line?.sku || '', word ? i18n._(word) : field].filter(Boolean).join(' · ')
    },
    value: (field: string, value: string | number | boolean | null): string => {
      if (value === null || value === '') return '—'
      if (field === 'recipient.country') return country(String(value))
      if (field === 'shipBy' || field === 'until') return day(String(value))
      if (field.endsWith('.unitPriceMicros')) return number(Number(value) / 1_000_000)
      if (field.endsWith('.discountRate')) return `${number(Number(value) * 100)} %`
      return typeof value === 'number' ? number(value) : String(value)
    },
  }
}
