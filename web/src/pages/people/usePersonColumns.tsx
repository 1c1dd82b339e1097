import { useLingui } from '@lingui/react/macro'
import { Badge } from '@mantine/core'
import { useMemo } from 'react'
import { DateText } from '../../components/DateText.tsx'
import { useRoleName } from '../../components/roles.ts'
import { StatusDot } from '../../components/StatusDot.tsx'
import type { GridColumn } from '../../ui/grid/useGrid.ts'
import { useScopeLines } from './grant/useScopeWords.ts'
import classes from './people.module.css'
import { personStates } from './person-states.ts'
import type { Person } from './usePeople.ts'

export function usePersonColumns(): GridColumn<Person>[] {
  const { t, i18n } = useLingui()
  const roleName = useRoleName()
  const lines = useScopeLines()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` and the names follow the language
  return useMemo(
    () => [
      { id: 'name', header: t`Name`, width: 220, sticky: true, cell: (person) => <PersonName person={person} /> },
      {
        id: 'state',
        header: t`State`,
        width: 168,
        cell: ({ state }) => <StatusDot look={personStates[state]} code={state} />,
      },
      { id: 'role', header: t`Role`, width: 192, cell: ({ role }) => roleName(role) },
      {
        id: 'access',
        header: t`Access to`,
        width: 200,
        cell: ({ scope, party }) =>
          lines(scope).join(' · ') || (party ? t`What is assigned to the company` : t`Everything`),
      },
      {
        id: 'seen',
        header: t`Last seen`,
        width: 108,
        cell: ({ member }) => <DateText value={member?.lastSeenAt ?? null} />,
      },
      {
        id: 'factor',
        header: t`Second factor`,
        width: 112,
        cell: ({ member, kind }) => (kind !== 'person' ? '—' : member?.secondFactor ? t`Yes` : t`No`),
      },
      { id: 'company', header: t`Company`, width: 160, cell: ({ party }) => party?.name ?? '—' },
      { id: 'email', header: t`E-mail`, width: 240, grow: true, cell: ({ email }) => email ?? '—' },
      { id: 'since', header: t`Since`, width: 108, cell: ({ createdAt }) => <DateText value={createdAt} /> },
    ],
    [i18n.locale],
  )
}

function PersonName({ person }: { person: Person }) {
  const { t } = useLingui()
  return (
    <span className={classes.name}>
      <span>{person.name || person.email || '—'}</span>
      {person.member?.owner && <Badge size="sm">{t`Owner`}</Badge>}
    </span>
  )
}
