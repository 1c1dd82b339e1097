import { queryOptions } from '@tanstack/react-query'
import { api, type Input, type ResponseOf } from '../../../api.ts'

/** A scope with the names of what it lists, as the lists of people give it. */
export type Scope = ResponseOf<'GET /members'>['items'][number]['scope']
type Wanted = NonNullable<NonNullable<Input<'POST /invitations'>['body']>['scope']>
export const kinds = ['stores', 'clients', 'suppliers', 'warehouses'] as const
export type Kind = (typeof kinds)[number]

export type Audience = ResponseOf<'GET /roles'>['items'][number]['audience']
/** What a scope can be narrowed to, for people of each audience. */
export const kindsFor: Record<Audience, readonly Kind[]> = {
  staff: kinds,
  client: ['stores', 'warehouses'],
  supplier: [],
}

/** What a form holds: ids alone, none meaning all, and text for what may be left empty. */
export type ScopeValues = Record<Kind, string[]> & {
  ownOnly: boolean
  from: string
  until: string
  hours: NonNullable<Scope['hours']>
}

export const unlimited: ScopeValues = {
  stores: [],
  clients: [],
  suppliers: [],
  warehouses: [],
  ownOnly: false,
  from: '',
  until: '',
  hours: [],
}

export function toValues(scope: Scope): ScopeValues {
  const ids = (kind: Kind) => (scope[kind] === 'all' ? [] : scope[kind].map(({ id }) => id))
  return {
    stores: ids('stores'),
    clients: ids('clients'),
    suppliers: ids('suppliers'),
    warehouses: ids('warehouses'),
    ownOnly: scope.ownOnly,
    from: scope.from ?? '',
    until: scope.until ?? '',
    hours: scope.hours ?? [],
  }
}

/** What is asked of the server: an empty list is everything for the house, and nothing for who comes from outside. */
export function toWanted(values: ScopeValues, audience: Audience): Wanted {
  const list = (kind: Kind) => {
    const asked = kindsFor[audience].includes(kind)
    if (audience === 'staff') return values[kind].length > 0 ? values[kind] : ('all' as const)
    return asked ? values[kind] : kind === 'stores' || kind === 'warehouses' ? [] : ('all' as const)
  }
  return {
    stores: list('stores'),
    clients: list('clients'),
    suppliers: list('suppliers'),
    warehouses: list('warehouses'),
    ownOnly: audience !== 'client' && values.ownOnly,
    from: values.from || null,
    until: values.until || null,
    hours: values.hours.length > 0 ? values.hours : null,
  }
}

export const choicesQuery = queryOptions({
  queryKey: ['people', 'scope-choices'],
  queryFn: ({ signal }) => api('GET /scope-choices', { signal }),
  staleTime: 60_000,
})
