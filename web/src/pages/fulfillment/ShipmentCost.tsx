import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Money } from '../../components/Money.tsx'
import { useCan, useMe } from '../../me.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { toast } from '../../ui/toast.ts'
import { CostField, costOf, costText } from './CostField.tsx'
import classes from './Fulfillment.module.css'
import { useRefreshOrders } from './useFulfillment.ts'

type Props = { shipmentId: string; cost: { amount: number; currency: string } | undefined }

/** What the carrier charges for a shipment, and the way to correct it: for the house's eyes. */
export function ShipmentCost({ shipmentId, cost }: Props) {
  const { t } = useLingui()
  const can = useCan()
  const refresh = useRefreshOrders()
  const [open, setOpen] = useState(false)
  const { account } = useMe()
  const currency = cost?.currency ?? account.currency
  const save = async ({ cost: text }: { cost: string }) => {
    await api('PUT /shipments/:id/cost', { params: { id: shipmentId }, body: { cost: costOf(text, currency) ?? null } })
    toast.done(t`The carrier cost is saved.`)
    await refresh()
    setOpen(false)
  }
  return (
    <span className={classes.cost}>
      {cost && (
        <>
          {t`Carrier cost`} <Money {...cost} />
        </>
      )}
      {can('fulfillment:ship') && (
        <button type="button" onClick={() => setOpen(true)}>
          {cost ? t`Correct` : t`Enter the carrier cost`}
        </button>
      )}
      {open && (
        <Dialog title={t`What the carrier charges`} onClose={() => setOpen(false)}>
          <Form
            defaultValues={{ cost: costText(cost) }}
            action={t`Save`}
            onSubmit={save}
            onCancel={() => setOpen(false)}
          >
            <CostField currency={currency} />
          </Form>
        </Dialog>
      )}
    </span>
  )
}
