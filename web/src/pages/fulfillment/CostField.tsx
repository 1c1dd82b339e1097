import { useLingui } from '@lingui/react/macro'
import { TextField } from '../../ui/form/fields.tsx'

const digits = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
const figure = (text: string) => Number(text.trim().replace(',', '.'))

/** What was typed, in minor units; nothing where nothing was. */
export const costOf = (text: string, currency: string) =>
  text.trim() === '' ? undefined : { amount: Math.round(figure(text) * 10 ** digits(currency)), currency }
export const costText = (cost: { amount: number; currency: string } | undefined) =>
  cost ? String(cost.amount / 10 ** digits(cost.currency)) : ''

/** An amount of the account's currency, as the field `cost` of a form. */
export function CostField({ currency }: { currency: string }) {
  const { t } = useLingui()
  return (
    <TextField
      name="cost"
      label={t`Carrier cost in ${currency}`}
      help={t`Left empty where it is not known. Suppliers, clients and customer service never see it.`}
      inputMode="decimal"
      autoComplete="off"
      rules={{ validate: (text: string) => figure(text) >= 0 || t`Enter an amount, such as 5.90.` }}
    />
  )
}
