import { useLingui } from '@lingui/react/macro'
import { Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { Money } from '../../components/Money.tsx'
import classes from './Fulfillment.module.css'

type Averages = ResponseOf<'GET /orders/averages'>
type Month = Averages['months'][number]
const dimensions = ['overall', 'channel', 'store', 'carrier', 'service'] as const

/** Averages of closed months, in groups of ten orders at least: no total, and nothing that tells of one order. */
export function AveragesCard() {
  const { t, i18n } = useLingui()
  const { number } = useFormat()
  const { data } = useQuery({
    queryKey: ['averages'],
    queryFn: ({ signal }) => api('GET /orders/averages', { signal }),
    staleTime: 600_000,
  })
  const month = data?.months.find(({ cost, handling }) => cost.length + handling.length > 0)
  if (!month) return null
  const monthName = (day: string) =>
    new Intl.DateTimeFormat(i18n.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day))
  const costs = month.cost.filter(({ dimension }) => dimension === 'overall')
  const [handling] = month.handling.filter(({ dimension }) => dimension === 'overall')
  const definition = t`What carriers charge, divided by the orders that left in the month and whose cost is known; an order in two parcels counts once. A month is final three days after its end and does not change any more. Groups of fewer than ${data!.leastOrders} orders are left out.`
  const handlingDefinition = t`From the day an order was placed to the day its last parcel left.`
  return (
    <details className={classes.averages}>
      <summary>
        <strong>{monthName(month.month)}</strong>
        <dl>
          {costs.map(({ average }) => (
            <div key={average.currency}>
              <Tooltip label={definition} multiline maw={360}>
                <dt>{t`Average shipping cost per order`}</dt>
              </Tooltip>
              <dd>
                <Money {...average} />
              </dd>
            </div>
          ))}
          {handling && (
            <div>
              <Tooltip label={handlingDefinition} multiline maw={360}>
                <dt>{t`Average handling time`}</dt>
              </Tooltip>
              <dd>{t`${number(handling.days)} days`}</dd>
            </div>
          )}
        </dl>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.groups} tabIndex={0} aria-label={t`Averages by group`}>
        <p>{definition}</p>
        {data!.months.map((one) => (
          <Groups key={one.month} month={one} name={monthName(one.month)} />
        ))}
      </section>
    </details>
  )
}

/** The groups of a month, cost beside time. */
function Groups({ month, name }: { month: Month; name: string }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const words = {
    overall: t`All orders`,
    channel: t`Channel`,
    store: t`Store`,
    carrier: t`Carrier`,
    service: t`Service`,
  }
  const rows = dimensions.flatMap((dimension) => {
    const names = [...month.cost, ...month.handling].filter((one) => one.dimension === dimension).map((one) => one.name)
    return [...new Set(names)].map((group) => ({
      dimension,
      group,
      costs: month.cost.filter((one) => one.dimension === dimension && one.name === group),
      days: month.handling.find((one) => one.dimension === dimension && one.name === group)?.days,
    }))
  })
  if (rows.length === 0) return null
  return (
    <table>
      <caption style={{ textAlign: 'left', fontWeight: 600, padding: '6px 0' }}>{name}</caption>
      <thead>
        <tr>
          <th scope="col">{t`Group`}</th>
          <th scope="col">{t`Shipping cost`}</th>
          <th scope="col">{t`Handling time`}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ dimension, group, costs, days }) => (
          <tr key={`${dimension} ${group}`}>
            <th scope="row">
              {dimension === 'overall' ? words.overall : `${words[dimension]} · ${group || t`none, or several`}`}
            </th>
            <td>
              {costs.length === 0 ? '—' : costs.map(({ average }) => <Money key={average.currency} {...average} />)}
            </td>
            <td>{days === undefined ? '—' : t`${number(days)} days`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
