import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { paths } from '../paths.ts'
import type { IconName } from '../ui/Icon.tsx'
import type { Permission } from '../words.ts'

export type NavEntry = {
  label: MessageDescriptor
  icon: IconName
  link: ReturnType<
    (typeof paths)[
      | 'orders'
      | 'products'
      | 'stock'
      | 'suppliers'
      | 'transfers'
      | 'clients'
      | 'colleagues'
      | 'assist'
      | 'statements'
      | 'rules'
      | 'imports'
      | 'queue'
      | 'settings']
  >
  /** Shown to whoever holds it, of several any; the same words the server asks for. */
  permission: Permission | readonly Permission[]
  /** Second key after `g`. */
  letter: string
}

/** What each face offers, in the order of the day's work. A page without its permission is not in the list. */
export const deskNav: NavEntry[] = [
  { label: msg`Orders`, icon: 'orders', link: paths.orders(), permission: 'orders:read', letter: 'o' },
  { label: msg`Products`, icon: 'products', link: paths.products(), permission: 'products:read', letter: 'p' },
  { label: msg`Transfers`, icon: 'truck', link: paths.transfers(), permission: 'transfers:read', letter: 't' },
  { label: msg`Stock`, icon: 'stock', link: paths.stock(), permission: 'stock:read', letter: 'k' },
  { label: msg`Suppliers`, icon: 'suppliers', link: paths.suppliers(), permission: 'suppliers:read', letter: 's' },
  { label: msg`Clients`, icon: 'users', link: paths.clients(), permission: 'clients:read', letter: 'c' },
  { label: msg`Rules`, icon: 'rules', link: paths.rules(), permission: 'rules:read', letter: 'r' },
  {
    label: msg`Imports`,
    icon: 'imports',
    link: paths.imports(),
    permission: ['orders:import', 'products:import'],
    letter: 'i',
  },
  {
    label: msg`Settings`,
    icon: 'settings',
    link: paths.settings(),
    permission: ['users:read', 'stores:edit', 'portal:brand', 'warehouses:edit'],
    letter: ',',
  },
]

/** Whether somebody with these rights is shown an entry. */
export const isFor = ({ permission }: NavEntry, permissions: readonly string[]) =>
  [permission].flat().some((word) => permissions.includes(word))

/** What a client finds, in the order of his day; his account stands behind. As many as a phone has room for. */
export const portalNav: NavEntry[] = [
  { label: msg`Orders`, icon: 'orders', link: paths.orders(), permission: 'orders:read', letter: 'o' },
  { label: msg`Products`, icon: 'products', link: paths.products(), permission: 'products:read', letter: 'p' },
  { label: msg`Transfers`, icon: 'truck', link: paths.transfers(), permission: 'transfers:read', letter: 't' },
  { label: msg`Statements`, icon: 'exports', link: paths.statements(), permission: 'statements:read', letter: 'm' },
]

/** What he needs now and then: in the menu under his name. */
export const portalMore: NavEntry[] = [
  { label: msg`Stock`, icon: 'stock', link: paths.stock(), permission: 'stock:read', letter: 'k' },
  { label: msg`Colleagues`, icon: 'users', link: paths.colleagues(), permission: 'portal-users:ask', letter: 'u' },
  { label: msg`Let the host look`, icon: 'lock', link: paths.assist(), permission: 'assist:grant', letter: 'l' },
]

export const supplierNav: NavEntry[] = [
  { label: msg`To ship`, icon: 'queue', link: paths.queue(), permission: 'queue:read', letter: 'q' },
]
