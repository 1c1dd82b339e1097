import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { StatusLook } from '../../components/statuses.ts'
import type { TransferState } from './useTransfers.ts'

/** The states of a stock transfer, as they look and read on every screen. */
export const transferStates: Record<TransferState, StatusLook> = {
  draft: { hue: 'grey', word: msg`Draft` },
  to_ship: { hue: 'blue', fill: 'hollow', word: msg({ message: 'To ship', context: 'state of a stock transfer' }) },
  shipped: { hue: 'blue', word: msg({ message: 'Shipped', context: 'state of a stock transfer' }) },
  delivered: { hue: 'purple', word: msg({ message: 'Delivered', context: 'state of a stock transfer' }) },
  partially_received: { hue: 'green', fill: 'half', word: msg`Partly received` },
  received: { hue: 'green', word: msg({ message: 'Received', context: 'state of a stock transfer' }) },
  closed_short: { hue: 'amber', word: msg`Closed short` },
  cancelled: { hue: 'grey', fill: 'hollow', word: msg({ message: 'Cancelled', context: 'state of a stock transfer' }) },
}

/** The way a transfer goes when nothing is in its way. */
export const way = ['to_ship', 'shipped', 'delivered', 'received'] as const

/** What happened to a transfer, as a sentence with who did it. */
export const storyWords: Record<string, MessageDescriptor> = {
  created: msg`{actor} created the transfer`,
  edited: msg`{actor} edited the transfer`,
  announced: msg`{actor} announced the goods`,
  shipped: msg`{actor} shipped it`,
  arrived: msg`{actor} recorded that it arrived`,
  delivered: msg`{actor} said that it was delivered`,
  received: msg`{actor} received goods`,
  verified: msg`{actor} counted what the client had received`,
  closed: msg`{actor} closed it short`,
  cancelled: msg`{actor} cancelled what had not been received`,
  confirmed: msg`{actor} confirmed the differences`,
  photo: msg`{actor} added a photo`,
  commented: msg`{actor} commented`,
}

/** Why a step is not possible now, as the server says it. */
export const reasonWords: Record<string, MessageDescriptor> = {
  'It is a draft: announce it first.': msg`It is a draft: announce it first.`,
  'It has not left yet.': msg`It has not left yet.`,
  'It has left already.': msg`It has left already.`,
  'It has arrived already.': msg`It has arrived already.`,
  'Part of it was received already.': msg`Part of it was received already.`,
  'It was received already.': msg`It was received already.`,
  'It was closed already.': msg`It was closed already.`,
  'It was cancelled.': msg`It was cancelled.`,
  'Nothing of it waits to be counted by the house.': msg`Nothing of it waits to be counted by the house.`,
  'The house has not counted all of it yet.': msg`The house has not counted all of it yet.`,
  'There is no difference left to confirm.': msg`There is no difference left to confirm.`,
}
