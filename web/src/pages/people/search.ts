import { listOf, oneOf } from '../../search.ts'
import { personStates } from './person-states.ts'

/** What the address of the user list says: filter, who is open beside it, or that somebody is being invited or looked as. */
export type UsersSearch = {
  q?: string
  state?: string[]
  role?: string[]
  audience?: string[]
  batch?: string
  open?: string
  /** One person, or a batch of temporary staff. */
  invite?: 'yes' | 'batch'
  view?: 'yes'
}

export function readUsersSearch(search: Record<string, unknown>): UsersSearch {
  const state = listOf(search.state)?.filter((word) => word in personStates)
  return {
    q: oneOf(search.q),
    state: state?.length ? state : undefined,
    role: listOf(search.role),
    audience: listOf(search.audience),
    batch: oneOf(search.batch),
    open: oneOf(search.open),
    invite: search.invite === 'yes' || search.invite === 'batch' ? search.invite : undefined,
    view: search.view === 'yes' ? 'yes' : undefined,
  }
}
