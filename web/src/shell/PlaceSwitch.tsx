import { useLingui } from '@lingui/react/macro'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { useRoleName } from '../components/roles.ts'
import { paths } from '../paths.ts'
import { leavePlace } from '../place.ts'
import { base } from '../portal.ts'
import { Icon } from '../ui/Icon.tsx'
import { ProblemNote } from '../ui/states.tsx'
import classes from './UserMenu.module.css'

const placesQuery = queryOptions({
  queryKey: ['me', 'places'],
  queryFn: ({ signal }) => api('GET /me/places', { signal }),
  staleTime: 60_000,
})

/** The other accounts this person works in; there is nothing where it is only this one. */
export function PlaceSwitch() {
  const { t } = useLingui()
  const roleName = useRoleName()
  const places = useQuery(placesQuery)
  const [problem, setProblem] = useState<unknown>(null)
  const others = places.data?.items.filter(({ current }) => !current) ?? []
  if (others.length === 0) return null
  const go = async (memberId: string) => {
    try {
      const { pending } = await api('POST /session/switch', { body: { memberId } })
      leavePlace()
      // A fresh page: nothing of the account that is left stays in this window.
      window.location.assign(`${base}${pending ? paths.secondFactor().to : '/'}`)
    } catch (problem) {
      setProblem(problem)
    }
  }
  return (
    <section className={classes.actions} aria-label={t`Other accounts`}>
      {problem !== null && <ProblemNote problem={problem} />}
      {others.map(({ memberId, accountName, partyName, role }) => (
        <button key={memberId} type="button" onClick={() => void go(memberId)}>
          <Icon name="users" />
          <span className={classes.who}>
            <span className={classes.name}>{t`Go to ${accountName}`}</span>
            <span className={classes.role}>{[partyName, roleName(role)].filter(Boolean).join(' · ')}</span>
          </span>
        </button>
      ))}
    </section>
  )
}
