import { useLingui } from '@lingui/react/macro'
import { useMe } from '../me.ts'
import { isFor, type NavEntry } from './nav.ts'

/** The entries of a face that this person may use, in his language. */
export function useNav(entries: NavEntry[]) {
  const { i18n } = useLingui()
  const { permissions } = useMe()
  return entries
    .filter((entry) => isFor(entry, permissions))
    .map(({ label, ...entry }) => ({ ...entry, name: i18n._(label) }))
}
