import { msg } from '@lingui/core/macro'
import type { StatusLook } from '../../components/statuses.ts'

export type PersonState = 'active' | 'not_yet' | 'outside_hours' | 'invited' | 'expired' | 'ended' | 'deactivated'

/** How somebody stands with the account. A revoked invitation is over and not listed. */
export const personStates: Record<PersonState, StatusLook> = {
  active: { hue: 'green', word: msg({ message: 'Active', context: 'a user' }) },
  not_yet: { hue: 'blue', word: msg({ message: 'Not yet', context: 'the first day of a user is to come' }) },
  outside_hours: { hue: 'green', fill: 'hollow', word: msg`Outside the hours` },
  invited: { hue: 'blue', fill: 'hollow', word: msg`Invited` },
  expired: { hue: 'amber', word: msg`Invitation expired` },
  ended: {
    hue: 'amber',
    fill: 'hollow',
    word: msg({ message: 'Ended', context: 'the last day of a user has passed' }),
  },
  deactivated: { hue: 'grey', fill: 'hollow', word: msg`Deactivated` },
}
