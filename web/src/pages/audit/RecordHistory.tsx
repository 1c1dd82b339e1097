import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { actorName } from '../../components/actors.ts'
import { DateText } from '../../components/DateText.tsx'
import { useCan } from '../../me.ts'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import classes from './Audit.module.css'
import { Changes } from './Changes.tsx'
import { actionName, outcomeName, wayWords } from './entry-words.ts'
import { type Entry, historyQuery } from './useAudit.ts'

type Props = { kind: Parameters<typeof historyQuery>[0]; id: string }
type RegionProps = Props & { /** Somebody has asked for it already. */ shown?: boolean }

/** The audit entries of one record, where one may see them; asked for when somebody wants to look. */
export function RecordHistory({ kind, id, shown = false }: RegionProps) {
  const { t } = useLingui()
  const can = useCan()
  const [open, setOpen] = useState(shown)
  if (!can('audit:own-records')) return null
  return (
    <Section
      title={t`History of changes`}
      action={
        <button type="button" className={classes.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t`Hide` : t`Show`}
        </button>
      }
    >
      {open && <Entries kind={kind} id={id} />}
    </Section>
  )
}

function Entries({ kind, id }: Props) {
  const { t, i18n } = useLingui()
  const history = useQuery(historyQuery(kind, id))
  if (history.isPending) return <Skeleton lines={3} />
  if (history.isError) return <ProblemState problem={history.error} onRetry={() => void history.refetch()} />
  if (history.data.items.length === 0) return <p className={classes.quiet}>{t`Nothing is recorded here.`}</p>
  const what = (entry: Entry) =>
    [
      `${actorName(entry.actor)}: ${actionName(entry.action)}`,
      entry.via !== 'hand' && i18n._(wayWords[entry.via]),
      entry.outcome !== 'done' && outcomeName(entry),
    ]
      .filter(Boolean)
      .join(' · ')
  return (
    <Timeline
      label={t`History of changes`}
      items={history.data.items.map((entry) => ({
        id: entry.id,
        when: <DateText value={entry.at} withTime />,
        what: what(entry),
        detail: entry.fields.length > 0 && <Changes entry={entry} />,
      }))}
    />
  )
}
