import { useLingui } from '@lingui/react/macro'
import { Badge, Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormat } from '../../components/format.ts'
import { useCan } from '../../me.ts'
import { paths } from '../../paths.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { ClientForm } from './ClientForm.tsx'
import classes from './clients.module.css'
import { type Client, clientsQuery } from './useClients.ts'

/** The companies that the account serves, with what each has. */
export default function ClientsPage() {
  const { t } = useLingui()
  const can = useCan()
  const manages = can('portal-users:manage')
  const [archived, setArchived] = useState(false)
  const [creating, setCreating] = useState(false)
  const { data, error, isPending, isError, refetch } = useQuery(clientsQuery(archived))
  const create = manages && <Button onClick={() => setCreating(true)}>{t`New client`}</Button>
  return (
    <>
      <PageHeader
        title={t`Clients`}
        explanation={t`Companies that you store and ship for. Each sees its own orders and stock in the portal, and nothing else.`}
        action={create}
      />
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t`Which clients`}
          value={archived ? 'archived' : 'active'}
          onChange={(value) => setArchived(value === 'archived')}
          data={[
            { value: 'active', label: t`Active` },
            { value: 'archived', label: t`Archived` },
          ]}
        />
      </div>
      {isPending && <Skeleton lines={8} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data && data.length > 0 && <ClientTable clients={data} />}
      {data?.length === 0 && archived && <Empty icon="users" title={t`No client is archived`} />}
      {data?.length === 0 && !archived && (
        <Empty icon="users" title={t`No clients yet`} action={create}>
          {t`Create a company you work for, give it a store, then invite its people to the portal.`}
        </Empty>
      )}
      {creating && <ClientForm client={null} onClose={() => setCreating(false)} />}
    </>
  )
}

function ClientTable({ clients }: { clients: Client[] }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const figure = (value: number) => <td data-number>{value === 0 ? '—' : number(value)}</td>
  return (
    // A table that is wider than its page is scrolled by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.frame} aria-label={t`Clients`} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t`Client`}</th>
            <th>{t`Stores`}</th>
            <th data-number>{t`Products`}</th>
            <th data-number>{t`Portal users`}</th>
            <th data-number title={t`Invitations that nobody has accepted yet`}>{t`Invited`}</th>
          </tr>
        </thead>
        <tbody>
          {clients.map((client) => (
            <tr key={client.id}>
              <td>
                <Link {...paths.client(client.id)} className={classes.name}>
                  {client.name}
                </Link>{' '}
                {client.asked > 0 && <Badge size="xs">{t`Asks for a colleague`}</Badge>}
              </td>
              <td>{client.stores.map(({ name }) => name).join(', ') || '—'}</td>
              {figure(client.products)}
              {figure(client.users)}
              {figure(client.invited)}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
