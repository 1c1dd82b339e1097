import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ResponseOf } from '../../api.ts'

export type Waiting = ResponseOf<'GET /roles'>['waiting'][number]

/** What the permissions will allow whose part of the product is not there yet. */
export const waitingWords: Record<string, MessageDescriptor> = {
  'channels:manage': msg`Connect sales channels`,
  'webhooks:manage': msg`Subscribe to webhooks`,
  'notices:resend': msg`Send a notice to channel or customer again`,
  'dashboard:read': msg`See the dashboard`,
  'revenue:read': msg`See revenue`,
  'quotes:read': msg`Get shipping quotes`,
  'labels:buy': msg`Buy, void and print labels`,
  'carriers:manage': msg`Set up carrier accounts`,
  'company:read': msg`See company, tax and billing data`,
  'company:edit': msg`Change company, tax and billing data`,
  'orders:duplicate': msg`Duplicate an order`,
  'orders:restore': msg`Restore a cancelled order`,
  'orders:split': msg`Split and combine orders`,
  'orders:lock': msg`Lock fields of an order`,
  'orders:lines': msg`Change lines and prices of an order`,
  'reports:read': msg`See reports and schedule them`,
  'margins:read': msg`See margins`,
  'supplier-statements:read': msg`See the statements of suppliers`,
  'supplier-scores:read': msg`See how reliable suppliers are`,
  'returns:create': msg`Create returns`,
  'returns:receive': msg`Receive and grade returns`,
  'returns:replace': msg`Ship a replacement`,
  'refunds:make': msg`Refund an amount`,
  'availability:edit': msg`Say what a supplier has available`,
}

/** The parts of the product that are awaited. */
export const partWords: Record<Waiting['for'], MessageDescriptor> = {
  channels: msg`Sales channels`,
  dashboard: msg`Dashboard`,
  labels: msg`Labels and carriers`,
  operations: msg`Company data`,
  'order-actions': msg`More actions on orders`,
  reports: msg`Reports`,
  returns: msg`Returns`,
  'supplier-stock': msg`Stock of suppliers`,
}
