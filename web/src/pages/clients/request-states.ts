import { msg } from '@lingui/core/macro'
import type { StatusLook } from '../../components/statuses.ts'
import type { UserRequest } from './useClients.ts'

/** How a request for a colleague stands. */
export const requestStates: Record<UserRequest['state'], StatusLook> = {
  waiting: { hue: 'blue', fill: 'hollow', word: msg({ message: 'Waiting', context: 'a request for a colleague' }) },
  approved: { hue: 'green', word: msg({ message: 'Approved', context: 'a request for a colleague' }) },
  refused: { hue: 'grey', fill: 'hollow', word: msg({ message: 'Refused', context: 'a request for a colleague' }) },
}
