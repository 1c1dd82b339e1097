import { useLingui } from '@lingui/react/macro'
import { useCan } from '../me.ts'
import type { NavEntry } from './nav.ts'

/** The entries of a face that this person may use, in his language. */
export function useNav(entries: NavEntry[]) {
  const { i18n } = useLingui()
  const can = useCan()
  return entries
    .filter((entry) => can(entry.permission))
    .map(({ label, ...entry }) => ({ ...entry, name: i18n._(label) }))
}
