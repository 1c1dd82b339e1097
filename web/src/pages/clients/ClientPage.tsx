import { useLingui } from '@lingui/react/macro'
import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCan } from '../../me.ts'
import { paths } from '../../paths.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import tabs from '../../ui/tabs.module.css'
import { StatementView } from '../statements/StatementView.tsx'
import { ClientOverview } from './ClientOverview.tsx'
import { ClientStores } from './ClientStores.tsx'
import classes from './clients.module.css'
import { PortalUsers } from './PortalUsers.tsx'
import { UserRequests } from './UserRequests.tsx'
import { type Client, clientQuery } from './useClients.ts'

const route = getRouteApi('/in/clients/$clientId')

/** One client: what was agreed, its stores, its people and whom it asks for. */
export default function ClientPage() {
  const { t } = useLingui()
  const { clientId } = route.useParams()
  const { data, error, isPending, isError, refetch } = useQuery(clientQuery(clientId))
  const { tab: asked, month } = route.useSearch()
  const navigate = route.useNavigate()
  const can = useCan()
  const manages = can('portal-users:manage')
  const charges = can('statements:read')
  const tab = asked && (asked === 'statement' ? charges : manages) ? asked : 'overview'
  return (
    <>
      <PageHeader
        back={<Link {...paths.clients()}>{t`Clients`}</Link>}
        title={data?.name ?? t`Client`}
        explanation={data?.archived ? t`Archived: its people cannot sign in.` : undefined}
      />
      {data && (manages || charges) && <Tabs client={data} />}
      <div className={classes.body}>
        {isPending && <Skeleton lines={10} />}
        {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
        {data && tab === 'overview' && <ClientOverview key={data.version} client={data} />}
        {data && tab === 'stores' && <ClientStores client={data} />}
        {data && tab === 'users' && <PortalUsers client={data} />}
        {data && tab === 'requests' && <UserRequests client={data} />}
        {data && tab === 'statement' && (
          <StatementView
            clientId={clientId}
            month={month}
            onMonth={(next) => void navigate({ search: { tab, month: next } })}
          />
        )}
      </div>
    </>
  )
}

function Tabs({ client: { id, asked } }: { client: Client }) {
  const { t } = useLingui()
  const can = useCan()
  const manages = can('portal-users:manage')
  const exact = { activeOptions: { exact: true, includeSearch: true } }
  return (
    <nav className={tabs.tabs} aria-label={t`Client`}>
      <Link {...paths.client(id)} {...exact}>{t`Overview`}</Link>
      {manages && <Link {...paths.client(id, 'stores')} {...exact}>{t`Stores`}</Link>}
      {manages && <Link {...paths.client(id, 'users')} {...exact}>{t`Portal users`}</Link>}
      {manages && (
        <Link {...paths.client(id, 'requests')} {...exact}>
          {t`Requests`} {asked > 0 && <Badge size="xs">{asked}</Badge>}
        </Link>
      )}
      {can('statements:read') && (
        <Link {...paths.client(id, 'statement')} activeOptions={{ includeSearch: true }}>{t`Statement`}</Link>
      )}
    </nav>
  )
}
