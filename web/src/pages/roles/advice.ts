import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Permission } from '../../words.ts'

/** What has to be seen before anything can be done with it. */
const readings: Permission[] = [
  'orders:read',
  'fulfillment:read',
  'products:read',
  'suppliers:read',
  'stock:read',
  'transfers:read',
  'rules:read',
  'queue:read',
]
const prefixOf = (word: string) => word.slice(0, word.indexOf(':') + 1)
const readingOf = (word: string) => readings.find((one) => prefixOf(one) === prefixOf(word))
/** These work on what one brings along. */
const alone = /:(create|import|averages)$/

const far: { when: (may: (word: Permission) => boolean) => boolean; text: MessageDescriptor }[] = [
  {
    when: (may) => may('orders:export') && (may('orders:recipient') || may('orders:contact')),
    text: msg`Whoever has this role can take names and addresses of buyers away in a file.`,
  },
  {
    when: (may) => may('rules:edit') && !(may('orders:hold') && may('fulfillment:assign')),
    text: msg`Rules act on all orders: by a rule this role holds and assigns orders, which it may not do by hand.`,
  },
  {
    when: (may) => may('orders:approve') && !(may('orders:edit') && may('orders:hold') && may('orders:cancel')),
    text: msg`Who approves a change makes it with his own rights: without editing, holding and cancelling he can only refuse.`,
  },
  {
    when: (may) => may('portal-users:manage'),
    text: msg`Whoever has this role decides what clients see.`,
  },
]

/** What to say about a choice of permissions: those without effect, by what they lack, and those that reach far. */
export function adviceFor(held: readonly string[]) {
  const may = (word: Permission) => held.includes(word)
  const idle = readings.flatMap((without) => {
    const permissions = held.filter((word) => word !== without && readingOf(word) === without && !alone.test(word))
    return !may(without) && permissions.length > 0 ? [{ without, permissions: permissions as Permission[] }] : []
  })
  return { idle, far: far.flatMap(({ when, text }) => (when(may) ? text : [])) }
}
