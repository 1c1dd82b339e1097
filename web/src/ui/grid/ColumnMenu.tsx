import { useLingui } from '@lingui/react/macro'
import { Button, Checkbox, Popover } from '@mantine/core'
import { Icon } from '../Icon.tsx'
import classes from './ColumnMenu.module.css'
import type { Grid } from './useGrid.ts'

/** Shows, hides and orders the columns of a grid; the first ones, which name the row, stay. */
export function ColumnMenu<R extends object>({ grid }: { grid: Grid<R> }) {
  const { t } = useLingui()
  const { table, byId } = grid
  const columns = table.getAllLeafColumns().filter((column) => column.getCanHide())
  const order = columns.map(({ id }) => id)
  const move = (id: string, by: number) => {
    const next = order.filter((other) => other !== id)
    next.splice(order.indexOf(id) + by, 0, id)
    table.setColumnOrder(next)
  }
  const reset = () => {
    const hidden = [...byId.values()].filter((column) => column.hidden)
    table.setColumnVisibility(Object.fromEntries(hidden.map(({ id }) => [id, false])))
    table.setColumnOrder([])
    table.setColumnSizing({})
  }
  return (
    <Popover width={264} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" leftSection={<Icon name="columns" />}>
          {t`Columns`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={t`Columns`}>
        <ul>
          {columns.map((column, place) => {
            const name = byId.get(column.id)?.header ?? column.id
            return (
              <li key={column.id}>
                <Checkbox
                  label={name}
                  checked={column.getIsVisible()}
                  onChange={(event) => column.toggleVisibility(event.currentTarget.checked)}
                />
                <button
                  type="button"
                  aria-label={t`Move ${name} to the left`}
                  disabled={place === 0}
                  onClick={() => move(column.id, -1)}
                >
                  <Icon name="up" size={14} />
                </button>
                <button
                  type="button"
                  aria-label={t`Move ${name} to the right`}
                  disabled={place === columns.length - 1}
                  onClick={() => move(column.id, 1)}
                >
                  <Icon name="down" size={14} />
                </button>
              </li>
            )
          })}
        </ul>
        <Button variant="subtle" color="gray" fullWidth onClick={reset}>{t`Reset the columns`}</Button>
      </Popover.Dropdown>
    </Popover>
  )
}
