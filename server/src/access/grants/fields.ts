import type { Permission } from '#kernel/permissions.ts'

/** The groups of fields that are there for who holds a word, and absent for everybody else. */
export const fieldsOf: Partial<Record<Permission, readonly string[]>> = {
  'orders:recipient': ['buyer_name', 'address'],
  'orders:contact': ['buyer_email', 'buyer_phone'],
  'orders:phone': ['carrier_phone'],
  'orders:amounts': ['buyer_paid'],
  'orders:notes': ['internal_notes'],
  'products:prices': ['sale_price'],
  'products:costs': ['unit_cost'],
  'shipping-costs:read': ['shipping_cost'],
  'shipping-costs:averages': ['average_shipping_cost'],
}

/** What of a set of words is new, and what is gone. */
export function difference(before: readonly string[], after: readonly string[]) {
  return { gained: after.filter((one) => !before.includes(one)), lost: before.filter((one) => !after.includes(one)) }
}

export const fieldsWith = (permissions: readonly string[]): string[] =>
  permissions.flatMap((word) => fieldsOf[word as Permission] ?? [])
