import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import type { PersonState } from './person-states.ts'
import type { UsersSearch } from './search.ts'

type Member = ResponseOf<'GET /members'>['items'][number]

/** Who works in the account or is about to: a person, or an invitation that nobody has accepted yet. */
export type Person = Pick<
  Member,
  'id' | 'version' | 'name' | 'email' | 'role' | 'party' | 'audience' | 'scope' | 'batch' | 'createdAt'
> & {
  kind: 'person' | 'invitation'
  state: PersonState
  /** Until when an invitation is good. */
  expiresAt: string | null
  /** Of whoever is here already. */
  member: Pick<Member, 'owner' | 'secondFactor' | 'lastSeenAt'> | null
}

const membersQuery = queryOptions({
  queryKey: ['people', 'members'],
  queryFn: ({ signal }) => api('GET /members', { signal }),
})
const invitationsQuery = queryOptions({
  queryKey: ['people', 'invitations'],
  queryFn: ({ signal }) => api('GET /invitations', { signal }),
})
export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: ({ signal }) => api('GET /roles', { signal }),
  staleTime: 60_000,
})

/** Everybody in one list, by name; who is no longer active stands at the end. */
export function usePeople() {
  const members = useQuery(membersQuery)
  const invitations = useQuery(invitationsQuery)
  const people = useMemo(
    () => listOf(members.data?.items ?? [], invitations.data?.items ?? []),
    [members.data, invitations.data],
  )
  return {
    people,
    isPending: members.isPending || invitations.isPending,
    isFetching: members.isFetching || invitations.isFetching,
    error: members.error ?? invitations.error,
    retry: () => Promise.all([members.refetch(), invitations.refetch()]),
  }
}

function listOf(members: Member[], invitations: ResponseOf<'GET /invitations'>['items']): Person[] {
  const open = invitations.flatMap(({ state, ...one }): Person[] =>
    state === 'invited' || state === 'expired' ? [{ ...one, kind: 'invitation', state, version: 0, member: null }] : [],
  )
  const here = members.map((one): Person => ({ ...one, kind: 'person', expiresAt: null, member: one }))
  const name = (person: Person) => person.name || person.email || ''
  const gone = (person: Person) => Number(person.state === 'deactivated')
  return [...here, ...open].sort((a, b) => gone(a) - gone(b) || name(a).localeCompare(name(b)))
}

/** The rows that the address asks for; a few hundred at most, so it is done here. */
export function filterPeople(people: Person[], { q, state, role, audience, batch }: UsersSearch): Person[] {
  const words = q?.toLocaleLowerCase() ?? ''
  return people.filter(
    (person) =>
      (!state || state.includes(person.state)) &&
      (!role || role.includes(person.role.slug)) &&
      (!audience || audience.includes(person.audience)) &&
      (!batch || person.batch === batch) &&
      [person.name, person.email, person.party?.name].some((text) => text?.toLocaleLowerCase().includes(words)),
  )
}

/** After something was done to somebody: the lists are asked for again, and what waits in the outbox too. */
export function usePeopleChanged() {
  const client = useQueryClient()
  return () => Promise.all([['people'], ['outbox']].map((queryKey) => client.invalidateQueries({ queryKey })))
}
