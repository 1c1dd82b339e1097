import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { actorName } from '../../components/actors.ts'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import { Section } from '../../ui/Section.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { storyWords } from './transfer-words.ts'
import type { Transfer } from './useTransfers.ts'

/** Who did what, the newest first; the same for both sides. */
export function TransferStory({ transfer }: { transfer: Transfer }) {
  const { t, i18n } = useLingui()
  const { number } = useFormat()
  const detail = (data: Transfer['timeline'][number]['data']) => {
    const count = (name: string) => (typeof data[name] === 'number' ? (data[name] as number) : 0)
    const word = (name: string) => (typeof data[name] === 'string' ? (data[name] as string) : '')
    const [good, damaged] = [count('good'), count('damaged')]
    return [
      good > 0 && t`${number(good)} good`,
      damaged > 0 && plural(damaged, { one: '# damaged', other: '# damaged' }),
      [word('carrier'), word('tracking')].filter(Boolean).join(' '),
      word('reason'),
    ]
      .filter(Boolean)
      .join(' · ')
  }
  return (
    <Section title={t`Timeline`}>
      <Timeline
        label={t`Timeline`}
        items={transfer.timeline.toReversed().map(({ id, at, kind, actor, data }) => ({
          id,
          when: <DateText value={at} withTime />,
          what: storyWords[kind]
            ? i18n._({ ...storyWords[kind], values: { actor: actorName(actor) } })
            : `${actorName(actor)}: ${kind}`,
          detail: detail(data),
        }))}
      />
    </Section>
  )
}
