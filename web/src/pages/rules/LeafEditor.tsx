import { useLingui } from '@lingui/react/macro'
import { Autocomplete, MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import { countryOptions } from '../../components/countries.ts'
import { useProductTags } from '../products/useProducts.ts'
import type { Leaf, Names } from './useRules.ts'

type Props = { value: Leaf; onChange: (leaf: Leaf) => void; names: Names }

/** How a condition begins when its subject is chosen. */
const begun: { [A in Leaf['about']]: Extract<Leaf, { about: A }> } = {
  line_tag: { about: 'line_tag', lines: 'any', tag: '' },
  sku: { about: 'sku', lines: 'any', match: 'is', value: '' },
  order_tag: { about: 'order_tag', has: true, tag: '' },
  country: { about: 'country', is: 'in', values: [] },
  store: { about: 'store', is: 'in', values: [] },
  service: { about: 'service', is: 'in', values: [] },
  quantity: { about: 'quantity', atLeast: 2 },
  line_count: { about: 'line_count', atLeast: 2 },
}

/** One condition: what it is about, how it is compared, with what; values by picker, never by id. */
export function LeafEditor({ value, onChange, names }: Props) {
  const { t } = useLingui()
  const subjects: Record<Leaf['about'], string> = {
    line_tag: t`Product tag`,
    sku: t`SKU`,
    order_tag: t`Order tag`,
    country: t`Country`,
    store: t`Store`,
    service: t`Service`,
    quantity: t`Units`,
    line_count: t`Lines`,
  }
  return (
    <>
      <Select
        w={150}
        aria-label={t`What the condition is about`}
        data={Object.entries(subjects).map(([about, label]) => ({ value: about, label }))}
        value={value.about}
        allowDeselect={false}
        onChange={(about) => about && onChange(begun[about as Leaf['about']])}
      />
      <Comparison value={value} onChange={onChange} names={names} />
    </>
  )
}

function Comparison({ value, onChange, names }: Props) {
  const { t } = useLingui()
  const productTags = useProductTags().data?.map(({ tag }) => tag) ?? []
  switch (value.about) {
    case 'line_tag':
      return (
        <>
          <Quantifier value={value.lines} onChange={(lines) => onChange({ ...value, lines })} />
          <Autocomplete
            flex={1}
            miw={180}
            aria-label={t`Tag`}
            placeholder={t`Tag`}
            data={productTags}
            limit={50}
            value={value.tag}
            onChange={(tag) => onChange({ ...value, tag })}
          />
        </>
      )
    case 'sku':
      return (
        <>
          <Quantifier value={value.lines} onChange={(lines) => onChange({ ...value, lines })} />
          <Choice
            label={t`Comparison`}
            options={{ is: t`is`, begins: t`begins with` }}
            value={value.match}
            onChange={(match) => onChange({ ...value, match })}
          />
          <TextInput
            flex={1}
            miw={180}
            aria-label={t`SKU`}
            placeholder={t`SKU`}
            value={value.value}
            maxLength={100}
            onChange={(event) => onChange({ ...value, value: event.currentTarget.value })}
          />
        </>
      )
    case 'order_tag':
      return (
        <>
          <Choice
            label={t`Comparison`}
            options={{ yes: t`is`, no: t`is not` }}
            value={value.has ? 'yes' : 'no'}
            onChange={(has) => onChange({ ...value, has: has === 'yes' })}
          />
          <TextInput
            flex={1}
            miw={180}
            aria-label={t`Tag`}
            placeholder={t`Tag`}
            value={value.tag}
            maxLength={200}
            onChange={(event) => onChange({ ...value, tag: event.currentTarget.value })}
          />
        </>
      )
    case 'country':
    case 'store':
    case 'service': {
      const options =
        value.about === 'country' ? countryOptions() : names.stores.map(({ id, name }) => ({ value: id, label: name }))
      const set = (values: string[]) => onChange({ ...value, values } as Leaf)
      return (
        <>
          <Choice
            label={t`Comparison`}
            options={{ in: t`is`, not_in: t`is not` }}
            value={value.is}
            onChange={(is) => onChange({ ...value, is } as Leaf)}
          />
          {value.about === 'service' ? (
            <TagsInput
              flex={1}
              miw={180}
              aria-label={t`Services`}
              splitChars={[]}
              acceptValueOnBlur
              value={value.values}
              onChange={set}
            />
          ) : (
            <MultiSelect
              flex={1}
              miw={180}
              aria-label={value.about === 'country' ? t`Countries` : t`Stores`}
              data={options}
              value={value.values}
              onChange={set}
              searchable
              limit={250}
            />
          )}
        </>
      )
    }
    case 'quantity':
    case 'line_count':
      return (
        <NumberInput
          w={160}
          aria-label={value.about === 'quantity' ? t`At least so many units` : t`At least so many lines`}
          prefix={t`at least `}
          min={1}
          max={value.about === 'quantity' ? 1_000_000 : 10_000}
          allowDecimal={false}
          value={value.atLeast}
          onChange={(atLeast) => onChange({ ...value, atLeast: Math.max(1, Number(atLeast) || 1) })}
        />
      )
  }
}

function Quantifier({
  value,
  onChange,
}: {
  value: 'any' | 'all' | 'none'
  onChange: (value: 'any' | 'all' | 'none') => void
}) {
  const { t } = useLingui()
  return (
    <Choice
      label={t`On which lines`}
      options={{ any: t`any line`, all: t`every line`, none: t`no line` }}
      value={value}
      onChange={onChange}
    />
  )
}

type ChoiceProps<V extends string> = {
  label: string
  options: Record<V, string>
  value: V
  onChange: (value: V) => void
}

function Choice<V extends string>({ label, options, value, onChange }: ChoiceProps<V>) {
  return (
    <Select
      w={132}
      aria-label={label}
      data={Object.entries<string>(options).map(([one, text]) => ({ value: one, label: text }))}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => chosen && onChange(chosen as V)}
    />
  )
}
