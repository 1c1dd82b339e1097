import { useLingui } from '@lingui/react/macro'
import type { ResponseOf } from '../../api.ts'

type Sight = ResponseOf<'GET /members/:id/sight'>
type Field = Sight['fields'][number]['field']
type Counted = NonNullable<Sight['counts']>[number]['what']

/** Fields that not everybody sees. */
export function useFieldNames(): Record<Field, string> {
  const { t } = useLingui()
  return {
    recipient: t`Name and address of the recipient`,
    contact: t`E-mail and phone of the buyer`,
    phone: t`Phone number for the carrier`,
    amounts: t`What the buyer paid`,
    notes: t`Internal notes`,
    prices: t`Sale prices of products`,
    costs: t`Costs of products`,
    carrierCosts: t`What carriers charge`,
  }
}

/** What is counted under somebody's rights. */
export function useCountedNames(): Record<Counted, string> {
  const { t } = useLingui()
  return {
    orders: t`Orders`,
    fulfillmentOrders: t`Fulfillment orders`,
    shipments: t`Shipments`,
    products: t`Products`,
    stock: t`Stock levels`,
    transfers: t`Stock transfers`,
    clients: t`Clients`,
    suppliers: t`Suppliers`,
    rules: t`Rules`,
    users: t`Users`,
  }
}
