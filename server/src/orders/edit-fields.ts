import { isCountry } from '#kernel/country-codes.ts'
import type { Permission } from '#kernel/permissions.ts'
import type { Verb } from './lifecycle.ts'

interface EditField {
  table: 'orders' | 'recipients' | 'contacts' | 'lines'
  column: string
  /** The step of the lifecycle that allows it. */
  verb: Verb
  /** Who may not read it may not change it. */
  needs?: Permission
  /** Says why a value won't do. */
  refuse?: (value: string) => string | undefined
}

const named = (column: string): EditField => ({
  table: 'recipients',
  column,
  verb: 'edit',
  needs: 'orders:recipient',
})
const onOrder = (column: string, verb: Verb = 'edit'): EditField => ({ table: 'orders', column, verb })

/** What may be edited on an order, by its path in the request: where it stands, when and by whom. */
export const editFields = {
  'recipient.name': named('name'),
  'recipient.company': named('company'),
  'recipient.line1': named('line1'),
  'recipient.line2': named('line2'),
  'recipient.line3': named('line3'),
  'recipient.city': named('city'),
  'recipient.region': { ...onOrder('region'), needs: 'orders:recipient' },
  'recipient.postcode': { ...onOrder('postcode'), needs: 'orders:recipient' },
  'recipient.country': {
    ...onOrder('country', 'changeCountry'),
    refuse: (code) => (isCountry(code) ? undefined : 'is not a country: use its two letters, such as FR'),
  },
  'contact.email': {
    table: 'contacts',
    column: 'email',
    verb: 'edit',
    needs: 'orders:contact',
    refuse: (email) =>
      email === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)
        ? undefined
        : 'is not an e-mail address, such as name@example.com',
  },
  'contact.phone': { table: 'contacts', column: 'phone', verb: 'edit', needs: 'orders:contact', refuse: refusePhone },
  buyerNote: { ...onOrder('buyer_note'), needs: 'orders:recipient' },
  giftText: { ...onOrder('gift_text'), needs: 'orders:recipient' },
  service: onOrder('service'),
  shipBy: onOrder('ship_by', 'schedule'),
  priority: onOrder('priority', 'schedule'),
} as const satisfies Record<string, EditField>
export type EditPath = keyof typeof editFields

function refusePhone(phone: string) {
  if (phone.includes('@')) return 'looks like an e-mail address: put it into the field for it'
  return phone === '' || (phone.match(/\d/g)?.length ?? 0) >= 3 ? undefined : 'is not a phone number: it needs digits'
}

/** What may be changed on a line: units still wanted (less cancels some, more orders some), and what the buyer pays for it. */
export const lineFields = ['quantity', 'unitPriceMicros', 'discountRate'] as const
export type LinePath = `lines.${string}.${(typeof lineFields)[number]}`
const ofLine: EditField = { table: 'lines', column: '', verb: 'editLines' }

/** The one look at a field that does not depend on which it is. */
export const fieldAt = (path: EditPath | LinePath): EditField =>
  isLine(path) ? { ...ofLine, ...(isPrice(path) ? { needs: 'orders:amounts' } : {}) } : editFields[path]
export const isLine = (path: string): path is LinePath => path.startsWith('lines.')
export const isPrice = (path: string) => isLine(path) && !path.endsWith('.quantity')
