import { useLingui } from '@lingui/react/macro'
import { toShifts } from './hours.ts'
import { type Kind, kinds, type Scope } from './scope.ts'

/** The name of a day of the week, 1 is Monday. */
export function useDayName() {
  const { i18n } = useLingui()
  return (day: number, length: 'short' | 'long') =>
    new Intl.DateTimeFormat(i18n.locale, { weekday: length, timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))
}

export function useKindName() {
  const { t } = useLingui()
  const names: Record<Kind, string> = {
    stores: t`Stores`,
    clients: t`Clients`,
    suppliers: t`Suppliers`,
    warehouses: t`Warehouses`,
  }
  return (kind: Kind) => names[kind]
}

/** A scope in short lines: what it is narrowed to. None: to nothing. */
export function useScopeLines() {
  const { t, i18n } = useLingui()
  const kindName = useKindName()
  const dayName = useDayName()
  const day = (text: string) => new Intl.DateTimeFormat(i18n.locale, { timeZone: 'UTC' }).format(new Date(text))
  return (scope: Scope): string[] => {
    const lines: string[] = []
    for (const kind of kinds) {
      const list = scope[kind]
      if (list === 'all' || list.length === 0) continue
      const what = kindName(kind)
      const names = list.map(({ name }) => name || '…').join(', ')
      lines.push(t`${what}: ${names}`)
    }
    if (scope.ownOnly) lines.push(t`Only what is assigned to the person`)
    const from = scope.from && day(scope.from)
    const until = scope.until && day(scope.until)
    if (from && until) lines.push(t`From ${from} until ${until}`)
    else if (from) lines.push(t`From ${from}`)
    else if (until) lines.push(t`Until ${until}`)
    for (const shift of toShifts(scope.hours ?? []))
      lines.push(`${shift.days.map((one) => dayName(one, 'short')).join(' ')} ${shift.from}–${shift.until}`)
    return lines
  }
}
