import { useLingui } from '@lingui/react/macro'
import { Button, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../../components/format.ts'
import { queueWords } from './issues.ts'
import classes from './OrdersTabs.module.css'
import { countsQuery } from './OrdersTabs.tsx'

/** The queue of issues by kind, with how many orders wait in each. What nothing can raise yet says what it waits for. */
export function IssueKinds({ kind, onChoose }: { kind: string; onChoose: (kind: string) => void }) {
  const { t, i18n } = useLingui()
  const { number } = useFormat()
  const { data } = useQuery(countsQuery)
  const waiting: readonly string[] = data?.waiting ?? []
  return (
    <fieldset className={classes.kinds} style={{ border: 0 }} aria-label={t`Kind of issue`}>
      {Object.entries(queueWords).map(([name, word]) => {
        const waits = waiting.includes(name)
        const count = data?.issues[name]
        return (
          <Tooltip key={name} label={t`Comes with stock: nothing can wait for goods before.`} disabled={!waits}>
            <Button
              size="compact-sm"
              variant={kind === name ? 'light' : 'default'}
              aria-pressed={kind === name}
              aria-disabled={waits || undefined}
              data-disabled={waits || undefined}
              onClick={waits ? undefined : () => onChoose(name)}
            >
              {i18n._(word)}
              {!waits && count !== undefined && <span className={classes.count}>{number(count)}</span>}
            </Button>
          </Tooltip>
        )
      })}
    </fieldset>
  )
}
