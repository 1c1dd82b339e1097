import { useLingui } from '@lingui/react/macro'
import { Progress as Bar } from '@mantine/core'
import { useRef } from 'react'
import { useFormat } from '../../components/format.ts'
import classes from './Imports.module.css'
import type { Import } from './useImport.ts'

/** How far it is, how fast it goes and how long it will take. */
export function Progress({ draft, title }: { draft: Import; title: string }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const speed = useSpeed(draft.rowsDone)
  const { rowsDone: done, rows } = draft
  const left = rows && speed ? Math.ceil((rows - done) / speed) : undefined
  const parts = [
    rows ? t`${number(done)} of ${number(rows)} rows` : t`${number(done)} rows`,
    speed ? t`${number(Math.round(speed))} rows a second` : '',
    left === undefined ? '' : left < 90 ? t`${number(left)} s left` : t`${number(Math.ceil(left / 60))} min left`,
  ]
  return (
    <div className={classes.progress}>
      <h2>{title}</h2>
      <Bar.Root size="md" radius="sm">
        <Bar.Section value={rows ? (100 * done) / rows : 100} animated={!rows} aria-label={title} color="teal" />
      </Bar.Root>
      <p className={classes.quiet}>{parts.filter(Boolean).join(' · ')}</p>
      <p className={classes.quiet}>{t`You may leave this page: the work goes on.`}</p>
    </div>
  )
}

/** Rows a second since this page began to look. */
function useSpeed(done: number): number | undefined {
  const first = useRef<{ at: number; done: number }>(undefined)
  first.current ??= { at: performance.now(), done }
  const seconds = (performance.now() - first.current.at) / 1000
  return seconds > 0.5 && done > first.current.done ? (done - first.current.done) / seconds : undefined
}
