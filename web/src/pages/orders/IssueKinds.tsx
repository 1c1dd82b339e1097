import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../../components/format.ts'
import { queueWords } from './issues.ts'
import classes from './OrdersTabs.module.css'
import { countsQuery } from './OrdersTabs.tsx'

/** The queue of issues by kind, with how many orders stand in each. */
export function IssueKinds({ kind, onChoose }: { kind: string; onChoose: (kind: string) => void }) {
  const { t, i18n } = useLingui()
  const { number } = useFormat()
  const { data } = useQuery(countsQuery)
  return (
    <fieldset className={classes.kinds} style={{ border: 0 }} aria-label={t`Kind of issue`}>
      {Object.entries(queueWords).map(([name, word]) => {
        const count = data?.issues[name]
        return (
          <Button
            key={name}
            size="compact-sm"
            variant={kind === name ? 'light' : 'default'}
            aria-pressed={kind === name}
            onClick={() => onChoose(name)}
          >
            {i18n._(word)}
            {count !== undefined && <span className={classes.count}>{number(count)}</span>}
          </Button>
        )
      })}
    </fieldset>
  )
}
