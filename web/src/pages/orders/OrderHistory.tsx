import { useLingui } from '@lingui/react/macro'
import { DateText } from '../../components/DateText.tsx'
import { Section } from '../../ui/Section.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { timelineWords, viaWords } from './timeline-words.ts'
import type { Order } from './useOrder.ts'

/** Who did what, by hand or by a rule, the newest first. */
export function OrderHistory({ order }: { order: Order }) {
  const { t, i18n } = useLingui()
  return (
    <Section title={t`Timeline`}>
      <Timeline
        label={t`Timeline`}
        items={order.timeline.map(({ id, at, kind, actor, via, data }) => ({
          id,
          when: <DateText value={at} withTime />,
          what: timelineWords[kind] ? i18n._({ ...timelineWords[kind], values: { actor } }) : `${actor}: ${kind}`,
          detail: [typeof data.reason === 'string' ? data.reason : '', viaWords[via] ? i18n._(viaWords[via]) : '']
            .filter(Boolean)
            .join(' · '),
        }))}
      />
    </Section>
  )
}
