import { msg } from '@lingui/core/macro'
import type { StatusLook } from '../../components/statuses.ts'

export type PersonState = 'active' | 'invited' | 'expired' | 'ended' | 'deactivated'

/** How somebody stands with the account. A revoked invitation is over and not listed. */
export const personStates: Record<PersonState, StatusLook> = {
  active: { hue: 'green', word: msg({ message: 'Active', context: 'a user' }) },
  invited: { hue: 'blue', fill: 'hollow', word: msg`Invited` },
  expired: { hue: 'amber', word: msg`Invitation expired` },
  ended: {
    hue: 'amber',
    fill: 'hollow',
    word: msg({ message: 'Ended', context: 'the last day of a user has passed' }),
  },
  deactivated: { hue: 'grey', fill: 'hollow', word: msg`Deactivated` },
}
