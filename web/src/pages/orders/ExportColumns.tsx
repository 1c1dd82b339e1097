import { useLingui } from '@lingui/react/macro'
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import classes from './ExportForm.module.css'
import { type ColumnChoice, moved } from './export-choice.ts'

type Props = { columns: ColumnChoice[]; onChange: (columns: ColumnChoice[]) => void }

/** The columns of the file: ticked ones are in it, from top to bottom; moved by dragging or by the arrows. */
export function ExportColumns({ columns, onChange }: Props) {
  const { t } = useLingui()
  const [dragged, setDragged] = useState<number>()
  const change = (place: number, to: Partial<ColumnChoice>) =>
    onChange(columns.map((column, index) => (index === place ? { ...column, ...to } : column)))
  const all = columns.every(({ on }) => on)
  return (
    <div>
      <div className={classes.head}>
        <span>{t`Columns`}</span>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          onClick={() => onChange(columns.map((column) => ({ ...column, on: !all })))}
        >
          {all ? t`None` : t`All`}
        </Button>
      </div>
      <ol className={classes.columns} aria-label={t`Columns`}>
        {columns.map((column, place) => (
          <li
            key={column.key}
            draggable
            data-dragged={dragged === place || undefined}
            onDragStart={() => setDragged(place)}
            onDragEnd={() => setDragged(undefined)}
            onDragOver={(event) => {
              event.preventDefault()
              if (dragged === undefined || dragged === place) return
              onChange(moved(columns, dragged, place))
              setDragged(place)
            }}
          >
            <Checkbox
              label={column.name}
              checked={column.on}
              onChange={(event) => change(place, { on: event.currentTarget.checked })}
            />
            {column.on && (
              <TextInput
                size="xs"
                aria-label={t`Heading of ${column.name}`}
                maxLength={120}
                value={column.heading}
                onChange={(event) => change(place, { heading: event.currentTarget.value })}
              />
            )}
            <Move
              name={column.name}
              place={place}
              last={columns.length - 1}
              onMove={(to) => onChange(moved(columns, place, to))}
            />
          </li>
        ))}
      </ol>
    </div>
  )
}

type MoveProps = { name: string; place: number; last: number; onMove: (to: number) => void }

function Move({ name, place, last, onMove }: MoveProps) {
  const { t } = useLingui()
  return (
    <>
      <button type="button" aria-label={t`Move ${name} up`} disabled={place === 0} onClick={() => onMove(place - 1)}>
        <Icon name="up" size={14} />
      </button>
      <button
        type="button"
        aria-label={t`Move ${name} down`}
        disabled={place === last}
        onClick={() => onMove(place + 1)}
      >
        <Icon name="down" size={14} />
      </button>
    </>
  )
}
