import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import { api, type ResponseOf } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import clients from '../clients/clients.module.css'
import classes from './HomePage.module.css'

type Figures = ResponseOf<'GET /portal/dashboard'>

const dashboardQuery = queryOptions({
  queryKey: ['portal', 'dashboard'],
  queryFn: ({ signal }) => api('GET /portal/dashboard', { signal }),
})

/** The first page of a client: how his company stands, each figure with the list behind it. */
export default function HomePage() {
  const { t } = useLingui()
  const me = useMe()
  const { data, error, isPending, isError, refetch } = useQuery(dashboardQuery)
  const quiet = data && [data.open, data.onHold, data.shippedLately, data.transfers].every((figure) => !figure)
  return (
    <>
      <PageHeader title={me.party?.name ?? me.account.name} explanation={t`How your orders and goods stand now.`} />
      <div className={clients.body}>
        {isPending && <Skeleton lines={6} />}
        {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
        {data && <Unread count={data.unread ?? 0} />}
        {data && <Cards figures={data} />}
        {quiet && (
          <Empty icon="orders" title={t`Nothing is under way`}>
            {t`New orders of your stores and transfers you announce are counted here at once.`}
          </Empty>
        )}
        {data && !quiet && data.stores.length > 0 && <Stores stores={data.stores} />}
      </div>
    </>
  )
}

function Unread({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <p className={clients.quiet}>
      <Link {...paths.unreadOrders()}>
        <Plural value={count} one="# comment you have not read" other="# comments you have not read" />
      </Link>
    </p>
  )
}

function Cards({ figures }: { figures: Figures }) {
  const { t } = useLingui()
  const cards: [name: string, figure: number | null, link: LinkProps][] = [
    [t`Open orders`, figures.open, paths.openOrders()],
    [t({ message: 'On hold', context: 'a count of orders' }), figures.onHold, paths.heldOrders()],
    [t`Waiting for stock`, figures.waiting, paths.waitingOrders()],
    [t`Shipped in 7 days`, figures.shippedLately, paths.shippedLately()],
    [t`Transfers under way`, figures.transfers, paths.transfersUnderWay()],
    [t`Products low in stock`, figures.lowStock, paths.lowStock()],
  ]
  return (
    <ul className={classes.cards}>
      {cards
        .filter(([, figure]) => figure !== null)
        .map(([name, figure, link]) => (
          <li key={name}>
            <Card name={name} figure={figure!} link={link} />
          </li>
        ))}
    </ul>
  )
}

function Card({ name, figure, link }: { name: string; figure: number; link: LinkProps }) {
  const { number } = useFormat()
  return (
    <Link {...link} className={classes.card}>
      <span className={classes.figure}>{number(figure)}</span>
      <span className={classes.name}>{name}</span>
    </Link>
  )
}

function Stores({ stores }: { stores: Figures['stores'] }) {
  const { t } = useLingui()
  const { number } = useFormat()
  return (
    <Section title={t`Orders of your stores`}>
      <table className={clients.table}>
        <thead>
          <tr>
            <th>{t`Store`}</th>
            <th data-number>
              <Trans>Open orders</Trans>
            </th>
            <th data-number>{t({ message: 'On hold', context: 'a count of orders' })}</th>
          </tr>
        </thead>
        <tbody>
          {stores.map((store) => (
            <tr key={store.id}>
              <td>{store.name}</td>
              <td data-number>{number(store.open)}</td>
              <td data-number>{number(store.onHold)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
