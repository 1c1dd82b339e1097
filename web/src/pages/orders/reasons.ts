import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { OrderReason } from '../../words.ts'
import type { Order } from './useOrder.ts'

const words: Record<OrderReason, MessageDescriptor> = {
  'It has left already.': msg`It has left already.`,
  'It is cancelled.': msg`It is cancelled.`,
  'A warehouse or supplier is working on it: ask for the change.': msg`A warehouse or supplier is working on it: ask for the change.`,
  'A warehouse or supplier is working on it: ask for it to be stopped.': msg`A warehouse or supplier is working on it: ask for it to be stopped.`,
  'More units can be ordered only while nobody works on it.': msg`More units can be ordered only while nobody works on it.`,
  'A warehouse or supplier is working on it: ask for it to be recalled first.': msg`A warehouse or supplier is working on it: ask for it to be recalled first.`,
  'It is not on hold.': msg`It is not on hold.`,
  'It is on hold: release it first.': msg`It is on hold: release it first.`,
  'The other side holds it: it is theirs to release.': msg`The other side holds it: it is theirs to release.`,
  'It has not left yet.': msg`It has not left yet.`,
  'It is not possible at this stage.': msg`It is not possible at this stage.`,
}

/** Says why a step is not possible now, in the reader's language; nothing where it is. */
export function useWhyNot() {
  const { i18n } = useLingui()
  return (allowed: Order['can'][keyof Order['can']]): string | undefined =>
    allowed === undefined || allowed === true ? undefined : i18n._(words[allowed])
}
