import { useLingui } from '@lingui/react/macro'
import { Popover } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Icon } from '../Icon.tsx'
import classes from './FilterBar.module.css'
import { FilterEditor } from './FilterEditor.tsx'
import { SearchField } from './SearchField.tsx'

export type FilterField = {
  id: string
  label: string
  /** Between field and value on the chip: "is", "any line is"; "is" if left out. */
  operator?: string
  /** Where the person chooses the operator: the first is usual; the second value of the field says which. */
  operators?: { value: string; label: string }[]
  kind: 'options' | 'text' | 'days'
  /** For `options`: what can be chosen; several unless `single`. */
  options?: { value: string; label: string }[]
  single?: boolean
  /** How a value of `days` reads: the page knows the person's way of writing dates. */
  show?: (value: string) => string
}

/** Values by field; `days` has two, from and to, either may be ''. */
export type FilterValues = Record<string, string[] | undefined>

type Props = {
  /** Left out where nothing can be searched for by words. */
  search?: Parameters<typeof SearchField>[0]
  fields: FilterField[]
  values: FilterValues
  onChange: (id: string, values: string[] | undefined) => void
  onClear: () => void
  /** How many there are, beside the chips. */
  count?: ReactNode
  /** At the right end: the column menu. */
  end?: ReactNode
}

/** Search and filters as chips, directly above what they filter: a click edits, the cross takes away. */
export function FilterBar({ search, fields, values, onChange, onClear, count, end }: Props) {
  const { t } = useLingui()
  const active = fields.filter(({ id }) => values[id]?.some(Boolean))
  const idle = fields.filter((field) => !active.includes(field))
  return (
    <div className={classes.room}>
      <div className={classes.bar}>
        {search && <SearchField {...search} />}
        {active.map((field) => (
          <Chip
            key={field.id}
            field={field}
            values={values[field.id] ?? []}
            onChange={(next) => onChange(field.id, next)}
          />
        ))}
        {idle.length > 0 && <AddFilter fields={idle} onChange={onChange} />}
        {active.length > 0 && (
          <button type="button" className={classes.clear} onClick={onClear}>
            {t`Clear all`}
          </button>
        )}
        <span role="status" className={classes.count}>
          {count}
        </span>
        {end}
      </div>
    </div>
  )
}

type ChipProps = { field: FilterField; values: string[]; onChange: (values: string[] | undefined) => void }

function Chip({ field, values, onChange }: ChipProps) {
  const { t } = useLingui()
  const [opened, setOpened] = useState(false)
  const operator = field.operators?.find(({ value }) => value === values[1]) ?? field.operators?.[0]
  const names = (operator ? values.slice(0, 1) : values).map(
    (value) => field.options?.find((option) => option.value === value)?.label ?? value,
  )
  const [from, to] = values.map((value) => value && (field.show?.(value) ?? value))
  const span = from && to ? `${from} – ${to}` : from ? t`since ${from}` : t`until ${to}`
  return (
    <span className={classes.chip}>
      <Popover opened={opened} onChange={setOpened} trapFocus returnFocus>
        <Popover.Target>
          <button type="button" onClick={() => setOpened(!opened)}>
            {field.label} {field.kind !== 'days' && <i>{operator?.label ?? field.operator ?? t`is`}</i>}{' '}
            <b>{field.kind === 'days' ? span : names.join(', ')}</b>
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={field.label}>
          <FilterEditor field={field} values={values} onChange={onChange} onDone={() => setOpened(false)} />
        </Popover.Dropdown>
      </Popover>
      <button type="button" aria-label={t`Remove the filter ${field.label}`} onClick={() => onChange(undefined)}>
        <Icon name="close" size={12} />
      </button>
    </span>
  )
}

type AddProps = { fields: FilterField[]; onChange: (id: string, values: string[] | undefined) => void }

function AddFilter({ fields, onChange }: AddProps) {
  const { t } = useLingui()
  const [opened, setOpened] = useState(false)
  const [field, setField] = useState<FilterField | null>(null)
  const [draft, setDraft] = useState<string[]>([])
  const toggle = (next: boolean) => {
    setOpened(next)
    setField(null)
    setDraft([])
    // Several values are chosen one after the other and sent together, when the choice is closed.
    if (!next && field && draft.some(Boolean)) onChange(field.id, draft)
  }
  return (
    <Popover opened={opened} onChange={toggle} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.add} onClick={() => toggle(!opened)}>
          <Icon name="filter" size={14} />
          {t`Filter`}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Filter`} className={classes.menu}>
        {field ? (
          <FilterEditor
            key={field.id}
            field={field}
            values={draft}
            onChange={(next) => setDraft(next ?? [])}
            onDone={() => toggle(false)}
          />
        ) : (
          <ul className={classes.fields}>
            {fields.map((one) => (
              <li key={one.id}>
                <button type="button" onClick={() => setField(one)}>
                  {one.label}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
