import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useFieldArray, useFormContext } from 'react-hook-form'
import { api } from '../../api.ts'
import { useCan } from '../../me.ts'
import { TextField } from '../../ui/form/fields.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { readPasted } from './pasted-lines.ts'
import { wholeNumber } from './quantities.ts'
import classes from './TransferPage.module.css'

export type LineValues = { lines: { sku: string; quantity: string }[] }

/** Products and quantities, one a row; two columns copied from a sheet may be pasted into any of them. */
export function LinesField({ label }: { label: string }) {
  const { t } = useLingui()
  const list = useId()
  const [typed, setTyped] = useState('')
  const known = useKnownSkus(typed)
  const { getValues } = useFormContext<LineValues>()
  const { fields, append, remove, replace } = useFieldArray<LineValues, 'lines'>({ name: 'lines' })
  const paste = (text: string) => {
    const pasted = readPasted(text)
    if (pasted.length === 0) return false
    replace([...getValues('lines').filter(({ sku }) => sku.trim() !== ''), ...pasted])
    return true
  }
  return (
    <fieldset className={classes.entries}>
      <legend>{label}</legend>
      <p className={classes.under}>{t`Two columns copied from a sheet, SKU and quantity, can be pasted here.`}</p>
      <datalist id={list}>
        {known.map(({ sku, name }) => (
          <option key={sku} value={sku}>
            {name}
          </option>
        ))}
      </datalist>
      {fields.map((field, index) => (
        <div key={field.id} className={classes.entry}>
          <TextField
            name={`lines.${index}.sku`}
            label={t`SKU`}
            required
            maxLength={100}
            list={list}
            rules={{ onChange: ({ target }) => setTyped(String(target.value)) }}
            onPaste={(event) => {
              if (paste(event.clipboardData.getData('text'))) event.preventDefault()
            }}
          />
          <TextField
            name={`lines.${index}.quantity`}
            label={t`Units`}
            required
            inputMode="numeric"
            rules={{ validate: (text: string) => wholeNumber(text, 1) || t`A whole number, at least 1.` }}
          />
          <ActionIcon
            mt={24}
            variant="subtle"
            color="gray"
            aria-label={t`Remove line ${index + 1}`}
            disabled={fields.length === 1}
            onClick={() => remove(index)}
          >
            <Icon name="close" />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button size="xs" variant="default" onClick={() => append({ sku: '', quantity: '' })}>{t`Add a line`}</Button>
      </div>
    </fieldset>
  )
}

/** Products to choose from while a SKU is typed, for who may see products. */
function useKnownSkus(typed: string) {
  const sees = useCan()('products:read')
  const { data } = useQuery({
    queryKey: ['products', 'skus', typed],
    queryFn: ({ signal }) => api('GET /products', { query: { q: typed.trim() || undefined, limit: 20 }, signal }),
    enabled: sees,
    staleTime: 60_000,
  })
  return data?.items ?? []
}

/** The lines as the server takes them. */
export const toLines = ({ lines }: LineValues) =>
  lines.map(({ sku, quantity }) => ({ sku: sku.trim(), quantity: Number(quantity) }))
