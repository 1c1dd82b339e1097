import { useLingui } from '@lingui/react/macro'
import { get, set, type UseFormReturn } from 'react-hook-form'
import { api, type Input } from '../../../api.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Form } from '../../../ui/form/Form.tsx'
import { TextAreaField, TextField } from '../../../ui/form/fields.tsx'
import type { EditPath } from '../../../words.ts'
import classes from '../EditOrder.module.css'
import { AddressFields, CountryField, NoteFields } from '../EditOrderFields.tsx'
import { editWords } from '../edit-words.ts'
import { useChangeOrder } from '../useChangeOrder.ts'
import type { SharedOrder } from '../useOrder.ts'

type Wish = NonNullable<Input<'POST /orders/:id/requests'>['body']>
type Values = ReturnType<typeof valuesOf> & { reason: string }
interface LineWish {
  quantity: string
  unitPrice: string
  discount: string
}

/** Asks for what one may not change oneself: only what differs is sent, with the reason. */
export function AskForm({ order, onClose }: { order: SharedOrder; onClose: () => void }) {
  const { t } = useLingui()
  const change = useChangeOrder()
  const { asks, id, number } = order
  const address = asks.includes('edit')
  const linesToo = asks.includes('editLines')
  const begun = valuesOf(order)
  const submit = async ({ reason, lines, ...values }: Values, form: UseFormReturn<Values>) => {
    const edit = { ...changed(begun, values), ...changedLines(order, begun.lines, lines) }
    if (Object.keys(edit).length === 0)
      return form.setError('reason', { message: t`Nothing is changed yet: change a field first.` })
    await change(
      api('POST /orders/:id/requests', { params: { id }, body: { reason, edit } }),
      t`The change of order ${number} is requested.`,
    )
    onClose()
  }
  return (
    <Dialog wide title={t`Request a change of order ${number}`} onClose={onClose}>
      <Form
        defaultValues={{ ...begun, reason: '' }}
        action={t`Request this change`}
        onSubmit={submit}
        onCancel={onClose}
      >
        <p>{t`Somebody who may approves it, and then it is made at once; or answers why not.`}</p>
        {address && <AddressFields order={order} country={asks.includes('changeCountry')} />}
        {!address && asks.includes('changeCountry') && (
          <fieldset className={classes.fields}>
            <legend>{t`Recipient`}</legend>
            <CountryField />
          </fieldset>
        )}
        {linesToo && (
          <fieldset className={classes.fields}>
            <legend>{t`Lines`}</legend>
            {order.lines.map((line, at) => (
              <LineFields key={line.id} at={at} name={line.name || line.sku} />
            ))}
          </fieldset>
        )}
        {address && <NoteFields order={order} />}
        <TextAreaField
          name="reason"
          label={t`Reason`}
          help={t`Everybody who opens the order reads it.`}
          required
          rows={2}
        />
      </Form>
    </Dialog>
  )
}

function LineFields({ at, name }: { at: number; name: string }) {
  const { t } = useLingui()
  return (
    <div className={`${classes.whole} ${classes.line}`}>
      <span>{name}</span>
      <TextField
        name={`lines.${at}.quantity`}
        label={t`Quantity`}
        aria-label={t`Quantity of ${name}`}
        inputMode="numeric"
      />
      <TextField
        name={`lines.${at}.unitPrice`}
        label={t`Unit price`}
        aria-label={t`Unit price of ${name}`}
        inputMode="decimal"
      />
      <TextField
        name={`lines.${at}.discount`}
        label={t`Discount in %`}
        aria-label={t`Discount in % of ${name}`}
        inputMode="decimal"
      />
    </div>
  )
}

const paths = (Object.keys(editWords) as EditPath[]).filter((path) => path !== 'shipBy' && path !== 'priority')

function valuesOf(order: SharedOrder) {
  const values = {}
  for (const path of paths) if (get(order, path) !== undefined) set(values, path, get(order, path) ?? '')
  set(values, 'recipient.country', order.country)
  const lines = order.lines.map(
    (line): LineWish => ({
      quantity: String(line.quantity - line.cancelledQuantity),
      unitPrice: line.unitPriceMicros === undefined ? '' : String(line.unitPriceMicros / 1_000_000),
      discount: line.discountRate == null ? '' : String(Math.round(line.discountRate * 1e6) / 1e4),
    }),
  )
  return { ...values, lines }
}

function changed(before: object, values: object): Wish['edit'] {
  const edit = {}
  for (const path of paths)
    if (get(values, path) !== undefined && get(values, path) !== get(before, path)) set(edit, path, get(values, path))
  return edit
}

const figure = (text: string) => Number(text.trim().replace(',', '.'))

function changedLines(
  order: SharedOrder,
  before: LineWish[],
  after: LineWish[],
): Pick<NonNullable<Wish['edit']>, 'lines'> {
  const lines = order.lines.flatMap(({ id }, at) => {
    const [was, is] = [before[at]!, after[at]!]
    const wish = {
      ...(is.quantity !== was.quantity && is.quantity !== '' ? { quantity: figure(is.quantity) } : {}),
      ...(is.unitPrice !== was.unitPrice && is.unitPrice !== ''
        ? { unitPriceMicros: Math.round(figure(is.unitPrice) * 1_000_000) }
        : {}),
      ...(is.discount !== was.discount ? { discountRate: is.discount === '' ? null : figure(is.discount) / 100 } : {}),
    }
    return Object.keys(wish).length > 0 ? [{ lineId: id, ...wish }] : []
  })
  return lines.length > 0 ? { lines } : {}
}
