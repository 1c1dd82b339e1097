import { useLingui } from '@lingui/react/macro'
import { Checkbox } from '@mantine/core'
import { useMemo } from 'react'
import { useFormContext } from 'react-hook-form'
import { countryOptions } from '../../components/countries.ts'
import { useFormat } from '../../components/format.ts'
import { SelectField, TextAreaField, TextField } from '../../ui/form/fields.tsx'
import type { EditPath } from '../../words.ts'
import classes from './EditOrder.module.css'
import { editWords } from './edit-words.ts'
import { useWhyNot } from './reasons.ts'
import type { Order, SharedOrder } from './useOrder.ts'

const useFieldNames = () => {
  const { i18n } = useLingui()
  return (path: EditPath) => ({ name: path, label: i18n._(editWords[path]) })
}

/** The fields that may be edited now; where only the dates may, it says why. */
export function EditOrderFields({ order }: { order: Order }) {
  const { t } = useLingui()
  const whyNot = useWhyNot()
  const field = useFieldNames()
  const { register } = useFormContext()
  const { can } = order
  const all = can.edit === true
  return (
    <>
      {!all && <p>{whyNot(can.edit)}</p>}
      {all && <AddressFields order={order} country={can.changeCountry === true} />}
      <fieldset className={classes.fields}>
        <legend>{t`Shipping`}</legend>
        {all && <TextField {...field('service')} />}
        <TextField {...field('shipBy')} type="date" />
        <Checkbox {...register('priority')} label={t`Ship before other orders`} className={classes.check} />
      </fieldset>
      {all && <NoteFields order={order} />}
    </>
  )
}

/** Who gets it, where, and how he is reached: as far as the reader sees it. */
export function AddressFields({ order, country }: { order: SharedOrder; country: boolean }) {
  const { t } = useLingui()
  const field = useFieldNames()
  const isEmail = (value: string) =>
    /^([^\s@]+@[^\s@]+\.[^\s@]+)?$/.test(value.trim()) || t`Enter an e-mail address, such as name@example.com.`
  const isPhone = (value: string) =>
    !value.includes('@') || t`This looks like an e-mail address: put it into the field for it.`
  return (
    <>
      {order.recipient && (
        <fieldset className={classes.fields}>
          <legend>{t`Recipient`}</legend>
          <TextField {...field('recipient.name')} data-autofocus />
          <TextField {...field('recipient.company')} />
          <div className={classes.whole}>
            <TextField {...field('recipient.line1')} />
          </div>
          <TextField {...field('recipient.line2')} />
          <TextField {...field('recipient.line3')} />
          <TextField {...field('recipient.postcode')} />
          <TextField {...field('recipient.city')} />
          <TextField {...field('recipient.region')} />
          {country ? <CountryField /> : <FixedCountry order={order} />}
        </fieldset>
      )}
      {order.contact && (
        <fieldset className={classes.fields}>
          <legend>{t`Contact`}</legend>
          <TextField {...field('contact.email')} rules={{ validate: isEmail }} />
          <TextField {...field('contact.phone')} rules={{ validate: isPhone }} />
        </fieldset>
      )}
    </>
  )
}

export function NoteFields({ order }: { order: SharedOrder }) {
  const { t } = useLingui()
  const field = useFieldNames()
  if (order.buyerNote === undefined) return null
  return (
    <fieldset className={classes.fields}>
      <legend>{t`Notes`}</legend>
      <TextAreaField {...field('buyerNote')} />
      <TextAreaField {...field('giftText')} />
    </fieldset>
  )
}

export function CountryField() {
  const { i18n } = useLingui()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names follow the language
  const options = useMemo(countryOptions, [i18n.locale])
  const label = i18n._(editWords['recipient.country'])
  return <SelectField name="recipient.country" label={label} data={options} searchable required />
}

function FixedCountry({ order }: { order: SharedOrder }) {
  const { t, i18n } = useLingui()
  const { country } = useFormat()
  return (
    <div className={classes.fixed}>
      <span>{i18n._(editWords['recipient.country'])}</span>
      <span>{country(order.country)}</span>
      <small>
        {order.asks.includes('changeCountry')
          ? t`Another country means other duties and carriers: request the change.`
          : t`Another country means other duties and carriers: ask somebody who may create orders.`}
      </small>
    </div>
  )
}
