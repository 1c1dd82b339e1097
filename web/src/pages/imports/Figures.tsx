import { useLingui } from '@lingui/react/macro'
import { useFormat } from '../../components/format.ts'
import classes from './Imports.module.css'
import type { Import } from './useImport.ts'

type Counts = { created: number; changed: number; unchanged: number; rejected: number }

/** How many come in, change, are there already and are refused; before and after in the same places. */
export function Figures({ draft, counts }: { draft: Import; counts: Counts }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const future = draft.state === 'checked'
  const figures: [string, number][] = [
    [future ? t`To be created` : t`Created`, counts.created],
    ...(draft.kind === 'products'
      ? [[future ? t`To be changed` : t`Changed`, counts.changed] as [string, number]]
      : []),
    [t`There already`, counts.unchanged],
    [t`Refused`, counts.rejected],
  ]
  return (
    <dl className={classes.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{number(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
