import { useLingui } from '@lingui/react/macro'
import { Modal } from '@mantine/core'
import { Controller } from 'react-hook-form'
import { useCan, useMe } from '../../me.ts'
import { Form } from '../../ui/form/Form.tsx'
import { TextAreaField, TextField } from '../../ui/form/fields.tsx'
import { CarrierInput } from './CarrierInput.tsx'
import { CostField, costOf } from './CostField.tsx'
import { lastCarrier, rememberCarrier } from './carriers.ts'
import type { LineFacts } from './LineList.tsx'
import { allOpen, chosenLines, QuantityFields, type QuantityValues } from './QuantityFields.tsx'
import classes from './Queue.module.css'

export type StepKind = 'accept' | 'reject' | 'ship'
type Values = QuantityValues & {
  reason: string
  carrier: string
  service: string
  trackingNumber: string
  shippedOn: string
  cost: string
}
/** What a step sends: the units chosen, and what belongs to its kind. */
export type StepBody = {
  lines: { lineId: string; quantity: number }[]
  reason?: string
  carrier?: string
  service?: string
  trackingNumber?: string
  shippedOn?: string
  cost?: { amount: number; currency: string }
}

type Props = {
  step: StepKind
  number: string
  lines: Pick<LineFacts, 'id' | 'sku' | 'name' | 'quantity' | 'accepted' | 'rejected' | 'cancelled' | 'shipped'>[]
  send: (body: StepBody) => Promise<unknown>
  onClose: () => void
}

/** How many units of a line a step may take. */
function openUnits(step: StepKind, line: Props['lines'][number]): number {
  const live = line.quantity - line.rejected - line.cancelled
  return step === 'accept' ? live - line.accepted : live - line.shipped
}

/** A step for a part of the lines: quantities, with the reason to reject or how it left. */
export function StepDialog({ step, number, lines, send, onClose }: Props) {
  const { t } = useLingui()
  const can = useCan()
  const { currency } = useMe().account
  const open = lines.map((line) => ({ ...line, open: openUnits(step, line) })).filter((line) => line.open > 0)
  const titles = { accept: t`Accept ${number}`, reject: t`Reject ${number}`, ship: t`Mark ${number} as shipped` }
  const verbs = { accept: t`Accept`, reject: t`Reject`, ship: t`Mark as shipped` }
  const submit = async (values: Values) => {
    const departure = {
      carrier: values.carrier,
      service: values.service,
      trackingNumber: values.trackingNumber,
      ...(values.shippedOn ? { shippedOn: values.shippedOn } : {}),
      ...(costOf(values.cost, currency) ? { cost: costOf(values.cost, currency)! } : {}),
    }
    if (step === 'ship') rememberCarrier(values.carrier)
    await send({
      lines: chosenLines(open, values),
      ...(step === 'reject' ? { reason: values.reason } : {}),
      ...(step === 'ship' ? departure : {}),
    })
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={titles[step]} closeButtonProps={{ 'aria-label': t`Close` }}>
      <Form<Values>
        defaultValues={{
          reason: '',
          carrier: lastCarrier(),
          service: '',
          trackingNumber: '',
          shippedOn: '',
          cost: '',
          lines: allOpen(open),
        }}
        action={verbs[step]}
        onSubmit={submit}
        onCancel={onClose}
      >
        {step === 'reject' && (
          <TextAreaField
            data-autofocus
            name="reason"
            label={t`Reason`}
            help={t`The merchant reads it.`}
            required
            rows={2}
          />
        )}
        {step === 'ship' && (
          <>
            <Controller
              name="carrier"
              rules={{ required: t`Name the carrier.` }}
              render={({ field, fieldState }) => (
                <CarrierInput {...field} data-autofocus label={t`Carrier`} error={fieldState.error?.message} />
              )}
            />
            <TextField name="trackingNumber" label={t`Tracking number`} maxLength={100} autoComplete="off" />
            <div className={classes.pair}>
              <TextField name="service" label={t`Service`} maxLength={60} />
              <TextField name="shippedOn" label={t`Shipped on`} type="date" help={t`Empty: today`} />
            </div>
            {can('shipping-costs:read') && <CostField currency={currency} />}
          </>
        )}
        <QuantityFields lines={open} />
      </Form>
    </Modal>
  )
}
