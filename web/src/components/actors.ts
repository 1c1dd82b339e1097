import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** Who acts without being a person, as the record names him. */
const names: Record<string, MessageDescriptor> = {
  Automation: msg`Automation`,
  'Command line': msg`Command line`,
}

/** Who did something, in the reader's language where it was no person. */
export const actorName = (actor: string): string => (names[actor] ? i18n._(names[actor]) : actor)
