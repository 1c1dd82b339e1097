import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { useCan } from '../../me.ts'
import { Section } from '../../ui/Section.tsx'
import { ProblemNote, Skeleton } from '../../ui/states.tsx'
import classes from './Rules.module.css'
import { type Names, rulesQuery } from './useRules.ts'
import { useRuleWords } from './useRuleWords.ts'

type Trace = ResponseOf<'GET /orders/:id/rules'>['items'][number]

/** Which rule did what with an order, when and why; not there for who may not read rules. */
export function RuleTraces({ orderId }: { orderId: string }) {
  const { t } = useLingui()
  const may = useCan()('rules:read')
  const names = useQuery({ ...rulesQuery, enabled: may })
  const traces = useQuery({
    queryKey: ['orders', orderId, 'rules'],
    queryFn: async ({ signal }) => (await api('GET /orders/:id/rules', { params: { id: orderId }, signal })).items,
    enabled: may,
  })
  if (!may) return null
  return (
    <Section title={t`What rules did`}>
      {(traces.isPending || names.isPending) && <Skeleton lines={2} />}
      {traces.isError && <ProblemNote problem={traces.error} />}
      {traces.data?.length === 0 && <p className={classes.quiet}>{t`No rule did anything with this order.`}</p>}
      {traces.data && names.data && (
        <ol className={classes.traces}>
          {traces.data.map((trace) => (
            <OneTrace key={trace.id} trace={trace} names={names.data} />
          ))}
        </ol>
      )}
    </Section>
  )
}

function OneTrace({ trace, names }: { trace: Trace; names: Names }) {
  const { t } = useLingui()
  const words = useRuleWords(names)
  const said = (deed: Trace['did'][number]) => {
    if (deed.do !== 'assign') return words.action(deed)
    const { supplier, fulfillmentOrder } = deed
    const lines = deed.lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')
    return t`assigned ${lines} to ${supplier} (${fulfillmentOrder})`
  }
  const because = words.condition(trace.condition)
  return (
    <li className={classes.trace}>
      <span>
        <strong>{trace.ruleName}</strong>{' '}
        <small className={classes.quiet}>
          {trace.run === 'arrival'
            ? t`version ${trace.ruleVersion}, on arrival`
            : t`version ${trace.ruleVersion}, run by hand`}
        </small>
      </span>
      <span className={classes.quiet}>
        <DateText value={trace.at} withTime />
      </span>
      <p>{trace.did.map(said).join(' · ')}</p>
      {because && <p className={classes.quiet}>{t`because ${because}`}</p>}
    </li>
  )
}
