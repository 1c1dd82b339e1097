import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Money } from '../../components/Money.tsx'
import { useCan, useMe } from '../../me.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormConflicts } from '../../ui/form/Conflicts.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { useEdit } from '../../ui/form/useEdit.ts'
import { toast } from '../../ui/toast.ts'
import { CostField, costOf, costText } from './CostField.tsx'
import classes from './Fulfillment.module.css'
import { useRefreshOrders } from './useFulfillment.ts'

type Cost = { amount: number; currency: string }
type Props = { shipmentId: string; cost: Cost | undefined; version: number }

/** What the carrier charges for a shipment, and the way to correct it: for the house's eyes. */
export function ShipmentCost(shipment: Props) {
  const { t } = useLingui()
  const can = useCan()
  const [open, setOpen] = useState(false)
  const { cost } = shipment
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
      {open && <CostDialog {...shipment} onClose={() => setOpen(false)} />}
    </span>
  )
}

function CostDialog({ shipmentId, cost, version, onClose }: Props & { onClose: () => void }) {
  const { t } = useLingui()
  const refresh = useRefreshOrders()
  const { account } = useMe()
  const currency = cost?.currency ?? account.currency
  const begun = { cost: costText(cost) }
  const { conflicts, save } = useEdit(version, begun, (theirs) => costText((theirs as Cost | null) ?? undefined))
  const submit = async (values: typeof begun) => {
    const saved = await save(values, (_, base) =>
      api('PUT /shipments/:id/cost', {
        params: { id: shipmentId },
        version: base,
        body: { cost: costOf(values.cost, currency) ?? null },
      }),
    )
    if (!saved) return
    toast.done(t`The carrier cost is saved.`)
    await refresh()
    onClose()
  }
  return (
    <Dialog title={t`What the carrier charges`} onClose={onClose}>
      <Form defaultValues={begun} action={t`Save`} onSubmit={submit} onCancel={onClose}>
        <FormConflicts
          conflicts={conflicts}
          label={() => t`Carrier cost`}
          shown={(value) => String(value) || t`none`}
        />
        <CostField currency={currency} />
      </Form>
    </Dialog>
  )
}
