import { useLingui } from '@lingui/react/macro'
import { TextField } from '../../ui/form/fields.tsx'
import classes from './Queue.module.css'

export type OpenLine = { id: string; sku: string; name: string; open: number }
export type QuantityValues = { lines: { quantity: string }[] }

/** All that is open of each line, to begin with. */
export const allOpen = (lines: OpenLine[]) => lines.map(({ open }) => ({ quantity: String(open) }))

/** The units chosen; lines of which none were chosen are left out. */
export const chosenLines = (lines: OpenLine[], values: QuantityValues) =>
  lines
    .map(({ id }, index) => ({ lineId: id, quantity: Number(values.lines[index]!.quantity) }))
    .filter(({ quantity }) => quantity > 0)

/** How many units of each line a step takes; part of a form with `lines`. */
export function QuantityFields({ lines }: { lines: OpenLine[] }) {
  const { t } = useLingui()
  return (
    <fieldset className={classes.quantities}>
      <legend>{t`Quantities`}</legend>
      {lines.map(({ id, sku, name, open }, index) => (
        <TextField
          key={id}
          name={`lines.${index}.quantity`}
          type="number"
          inputMode="numeric"
          min={0}
          max={open}
          label={name && sku ? `${name} (${sku})` : name || sku}
          help={t`of ${open}`}
          rules={{
            validate: (value: string) =>
              (/^\d+$/.test(value) && Number(value) <= open) || t`A number from 0 to ${open}.`,
          }}
        />
      ))}
    </fieldset>
  )
}
