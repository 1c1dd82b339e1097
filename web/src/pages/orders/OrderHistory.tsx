import { useLingui } from '@lingui/react/macro'
import { actorName } from '../../components/actors.ts'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import { Section } from '../../ui/Section.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { editWords } from './edit-words.ts'
import { issueWords } from './issues.ts'
import { kindWords, lineWords } from './requests/request-words.ts'
import { timelineWords, viaWords } from './timeline-words.ts'
import type { Order } from './useOrder.ts'

/** A client's entries do not say by what means. */
type Entry = Omit<Order['timeline'][number], 'via'> & { via?: string }

/** Who did what, by hand or by a rule, the newest first. */
export function OrderHistory({ order }: { order: { timeline: Entry[] } }) {
  const { t, i18n } = useLingui()
  const detail = useDetail()
  return (
    <Section title={t`Timeline`}>
      <Timeline
        label={t`Timeline`}
        items={order.timeline.map((entry) => {
          const { id, at, kind, actor, data } = entry
          const words = timelineWords[kind]
          const values = { ...data, actor: actorName(actor) }
          return {
            id,
            when: <DateText value={at} withTime />,
            what: words ? i18n._({ ...words, values }) : `${actorName(actor)}: ${kind}`,
            detail: detail(entry),
          }
        })}
      />
    </Section>
  )
}

/** More about an entry: what was edited, why, until when, which carrier, and whether a person did it. */
function useDetail() {
  const { t, i18n } = useLingui()
  const { day } = useFormat()
  return ({ kind, via = '', data }: Entry): string => {
    const word = (name: string) => (typeof data[name] === 'string' ? (data[name] as string) : '')
    const fields = Array.isArray(data.fields) ? (data.fields as string[]) : []
    const fieldName = (path: string) => {
      if (path in editWords) return i18n._(editWords[path as keyof typeof editWords])
      const [, position, name] = path.split('.')
      return lineWords[name!] ? t`line ${position}: ${i18n._(lineWords[name!]!)}` : t`Until`
    }
    const issue = issueWords[word('issue')]
    return [
      fields.map(fieldName).join(', '),
      kindWords[word('request') as 'hold'] ? i18n._(kindWords[word('request') as 'hold']) : '',
      issue ? i18n._(issue) : '',
      word('reason'),
      kind === 'order.held' && word('until') ? t`until ${day(word('until'))}` : '',
      word('shippedOn') ? t`shipped on ${day(word('shippedOn'))}` : '',
      word('visibility') === 'client' ? t`shared with the client` : '',
      data.onBehalf === true ? t`on behalf of ${word('fulfiller')}` : '',
      [word('carrier'), word('trackingNumber')].filter(Boolean).join(' '),
      viaWords[via] ? i18n._(viaWords[via]) : '',
    ]
      .filter(Boolean)
      .join(' · ')
  }
}
