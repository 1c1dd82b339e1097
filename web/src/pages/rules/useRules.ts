import { queryOptions } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'

export type Rules = ResponseOf<'GET /rules'>
export type Rule = Rules['items'][number]
export type Condition = Rule['condition']
export type Group = Extract<Condition['of'][number], { match: 'all' | 'any'; of: unknown }>
export type Leaf = Exclude<Condition['of'][number], Group>
export type Action = Rule['actions'][number]
/** The names of what rules speak of. */
export type Names = Pick<Rules, 'suppliers' | 'stores'>

export const isGroup = (part: Leaf | Group): part is Group => 'of' in part

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => api('GET /rules', { signal }),
})
