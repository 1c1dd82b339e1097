import { useLingui } from '@lingui/react/macro'
import { actorName } from '../../components/actors.ts'
import { DateText } from '../../components/DateText.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import classes from './Audit.module.css'
import { Changes } from './Changes.tsx'
import { actionName, outcomeName, wayWords } from './entry-words.ts'
import { RecordLink } from './RecordLink.tsx'
import { RoleThen } from './RoleThen.tsx'
import type { AuditSearch, Entry } from './useAudit.ts'

type Props = { entry: Entry; onFilter: (change: AuditSearch) => void; onClose: () => void }

/** One entry beside the list, with all it says. */
export function EntryPanel({ entry, onFilter, onClose }: Props) {
  const { t, i18n } = useLingui()
  const title = actionName(entry.action)
  const { subject, memberId } = entry
  return (
    <SidePanel label={title} title={title} onClose={onClose}>
      <Section title={t`Entry`}>
        <Facts
          facts={[
            [t`Who`, actorName(entry.actor)],
            [t`Role then`, entry.role && <RoleThen key="role" slug={entry.role} />],
            [t`When`, <DateText key="when" value={entry.at} withTime />],
            [t`How`, i18n._(wayWords[entry.via])],
            [t`Outcome`, outcomeName(entry)],
            [t`Record`, subject && <RecordLink entry={entry} />],
            [
              t`Request`,
              entry.requestId && (
                <span className={classes.code}>
                  {entry.requestId} <CopyButton value={entry.requestId} name={t`the id of the request`} />
                </span>
              ),
            ],
          ]}
        />
        <p className={classes.more}>
          {memberId && (
            <button type="button" onClick={() => onFilter({ memberId })}>{t`All that this person did`}</button>
          )}
          {subject?.id && subject.kind !== 'request' && (
            <button
              type="button"
              onClick={() => onFilter({ recordId: subject.id ?? undefined })}
            >{t`All that was done to this record`}</button>
          )}
        </p>
      </Section>
      {entry.fields.length > 0 && (
        <Section title={t`What changed`}>
          <Changes entry={entry} />
        </Section>
      )}
    </SidePanel>
  )
}
