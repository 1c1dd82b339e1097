import { useLingui } from '@lingui/react/macro'
import { Button, Checkbox, NativeSelect, Radio, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import classes from './FilterBar.module.css'
import type { FilterField } from './FilterBar.tsx'

type Props = {
  field: FilterField
  values: string[]
  onChange: (values: string[] | undefined) => void
  onDone: () => void
}

/** The inside of a chip: what the field may be. */
export function FilterEditor(props: Props) {
  if (props.field.kind === 'options') return <Options {...props} />
  return props.field.kind === 'days' ? <Days {...props} /> : <Words {...props} />
}

function Options({ field, values, onChange, onDone }: Props) {
  const { t } = useLingui()
  const [words, setWords] = useState('')
  const options = field.options ?? []
  const found = options.filter(({ label }) => label.toLocaleLowerCase().includes(words.toLocaleLowerCase()))
  const [operator, setOperator] = useState(values[1] ?? field.operators?.[0]?.value ?? '')
  const send = (next: string[]) => onChange(next.length ? next : undefined)
  const one = (value: string, by = operator) => send(field.operators ? [value, by] : [value])
  return (
    <Editor title={field.label} onDone={onDone}>
      {field.operators && (
        <NativeSelect
          aria-label={t`Condition`}
          data={field.operators}
          value={operator}
          onChange={({ currentTarget: { value } }) => {
            setOperator(value)
            if (values[0]) one(values[0], value)
          }}
        />
      )}
      {options.length > 8 && (
        <TextInput
          aria-label={t`Search`}
          placeholder={t`Search`}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <div className={classes.options}>
        {found.map(({ value, label }) =>
          field.single ? (
            <Radio
              key={value}
              size="xs"
              name={field.id}
              label={label}
              checked={values[0] === value}
              onChange={() => one(value)}
            />
          ) : (
            <Checkbox
              key={value}
              label={label}
              checked={values.includes(value)}
              onChange={(event) =>
                send(event.currentTarget.checked ? [...values, value] : values.filter((other) => other !== value))
              }
            />
          ),
        )}
        {found.length === 0 && <span className={classes.none}>{t`Nothing matches`}</span>}
      </div>
    </Editor>
  )
}

function Words({ field, values, onChange, onDone }: Props) {
  return (
    <Editor title={field.label} onDone={onDone}>
      <TextInput
        aria-label={field.label}
        value={values[0] ?? ''}
        onChange={(event) => onChange(event.currentTarget.value ? [event.currentTarget.value] : undefined)}
      />
    </Editor>
  )
}

function Days({ field, values, onChange, onDone }: Props) {
  const { t } = useLingui()
  const [from = '', to = ''] = values
  const send = (next: string[]) => onChange(next.some(Boolean) ? next : undefined)
  return (
    <Editor title={field.label} onDone={onDone}>
      <TextInput
        type="date"
        label={t`From`}
        value={from}
        max={to || undefined}
        onChange={(event) => send([event.currentTarget.value, to])}
      />
      <TextInput
        type="date"
        label={t({ message: 'To', context: 'day' })}
        value={to}
        min={from || undefined}
        onChange={(event) => send([from, event.currentTarget.value])}
      />
    </Editor>
  )
}

function Editor({ title, onDone, children }: { title: string; onDone: () => void; children: ReactNode }) {
  const { t } = useLingui()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  return (
    <form
      ref={form}
      className={classes.editor}
      onSubmit={(event) => {
        event.preventDefault()
        onDone()
      }}
    >
      <strong className={classes.title}>{title}</strong>
      {children}
      <Button type="submit" variant="default" fullWidth>{t`Done`}</Button>
    </form>
  )
}
