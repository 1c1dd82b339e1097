import { useLingui } from '@lingui/react/macro'
import { NativeSelect } from '@mantine/core'
import { currencyChoices } from '../access/currencies.ts'
import classes from './Imports.module.css'
import type { Import, ImportChange } from './useImport.ts'
import { dateOrderWords, delimiterWords, encodingNames, modeWords } from './words.ts'

type Props = { draft: Import; onChange: (change: ImportChange) => void }

/** The guesses about the file, each to be changed; those that rest on nothing in it ask to be looked at. */
export function FormatFields({ draft, onChange }: Props) {
  const { t, i18n } = useLingui()
  const { format, certainty } = draft
  const set = (part: ImportChange['format']) => onChange({ format: part })
  const choices = <K extends string>(words: Record<K, { id: string }>) =>
    Object.entries<{ id: string }>(words).map(([value, word]) => ({ value, label: i18n._(word) }))
  const unsure = t`The file does not say: please look.`
  return (
    <div className={classes.formats}>
      <NativeSelect
        label={t`Encoding`}
        value={format.encoding}
        data={Object.entries(encodingNames).map(([value, label]) => ({ value, label }))}
        onChange={(event) => set({ encoding: event.target.value as typeof format.encoding })}
      />
      <NativeSelect
        label={t`Delimiter`}
        value={format.delimiter}
        data={choices(delimiterWords)}
        onChange={(event) => set({ delimiter: event.target.value as typeof format.delimiter })}
      />
      <NativeSelect
        label={t`Headings in line`}
        value={String(format.headerRow)}
        data={Array.from({ length: Math.max(20, format.headerRow + 1) }, (_, line) => ({
          value: String(line),
          label: String(line + 1),
        }))}
        onChange={(event) => set({ headerRow: Number(event.target.value) })}
      />
      <NativeSelect
        label={t`Decimal mark`}
        description={certainty.decimalComma ? undefined : unsure}
        value={format.decimalComma ? 'comma' : 'point'}
        data={[
          { value: 'point', label: t`Point (12.50)` },
          { value: 'comma', label: t`Comma (12,50)` },
        ]}
        onChange={(event) => set({ decimalComma: event.target.value === 'comma' })}
      />
      {draft.kind === 'orders' && (
        <>
          <NativeSelect
            label={t`Dates`}
            description={certainty.dateOrder ? undefined : unsure}
            value={format.dateOrder}
            data={choices(dateOrderWords)}
            onChange={(event) => set({ dateOrder: event.target.value as typeof format.dateOrder })}
          />
          <NativeSelect
            label={t`Into the store`}
            value={draft.storeId ?? ''}
            data={draft.stores.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => onChange({ storeId: event.target.value })}
          />
        </>
      )}
      {draft.fields.some(({ key }) => key === 'unit_price') && (
        <NativeSelect
          label={t`Currency`}
          value={draft.currency}
          data={currencyChoices(i18n.locale)}
          onChange={(event) => onChange({ currency: event.target.value })}
        />
      )}
      {draft.kind === 'products' && (
        <NativeSelect
          label={t`What to do`}
          value={draft.mode}
          data={choices(modeWords)}
          onChange={(event) => onChange({ mode: event.target.value as Import['mode'] })}
        />
      )}
    </div>
  )
}
