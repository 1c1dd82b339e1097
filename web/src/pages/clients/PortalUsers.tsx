import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DateText } from '../../components/DateText.tsx'
import { useRoleName } from '../../components/roles.ts'
import { StatusDot } from '../../components/StatusDot.tsx'
import { Section } from '../../ui/Section.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { personStates } from '../people/person-states.ts'
import classes from './clients.module.css'
import { InvitationActions } from './InvitationActions.tsx'
import { InvitePortalUser } from './InvitePortalUser.tsx'
import { PortalUserDialog } from './PortalUserDialog.tsx'
import { type Client, type ClientInvitation, type PortalUser, peopleQuery } from './useClients.ts'

const names = (list: 'all' | { name: string }[]) => (list === 'all' ? '' : list.map(({ name }) => name).join(', '))

/** A client's people in the portal, and who is invited. */
export function PortalUsers({ client }: { client: Client }) {
  const { t } = useLingui()
  const { data, error, isPending, isError, refetch } = useQuery(peopleQuery(client.id))
  const [inviting, setInviting] = useState(false)
  const [openId, setOpenId] = useState<string | null>(null)
  const open = data?.users.find(({ id }) => id === openId)
  const invitations = data?.invitations.filter(({ state }) => state === 'invited' || state === 'expired') ?? []
  const invite = !client.archived && (
    <Button size="xs" onClick={() => setInviting(true)}>{t`Invite a portal user`}</Button>
  )
  return (
    <Section title={t`Portal users`} action={invite}>
      <p className={classes.quiet}>
        <Trans>
          Each sets a password himself. You never see it, cannot set it, and cannot sign in as one of them; you can send
          a mail to set a new one, end sessions, or deactivate.
        </Trans>
      </p>
      {isPending && <Skeleton lines={4} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data && data.users.length + invitations.length === 0 && (
        <Empty icon="users" title={t`Nobody of this client is in the portal yet`} action={invite} />
      )}
      {data && data.users.length + invitations.length > 0 && (
        // A table that is wider than its page is scrolled by keyboard too.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <section className={classes.inner} aria-label={t`Portal users and invitations`} tabIndex={0}>
          <table className={`${classes.table} ${classes.people}`}>
            <thead>
              <tr>
                <th>{t`Name`}</th>
                <th>{t`Role`}</th>
                <th>{t`Stores`}</th>
                <th>{t`Warehouses`}</th>
                <th>{t`State`}</th>
              </tr>
            </thead>
            <tbody>
              {data.users.map((user) => (
                <UserRow key={user.id} user={user} onOpen={() => setOpenId(user.id)} />
              ))}
              {invitations.map((one) => (
                <InvitationRow key={one.id} clientId={client.id} invitation={one} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {inviting && <InvitePortalUser client={client} onClose={() => setInviting(false)} />}
      {open && <PortalUserDialog key={open.version} client={client} user={open} onClose={() => setOpenId(null)} />}
    </Section>
  )
}

function UserRow({ user, onOpen }: { user: PortalUser; onOpen: () => void }) {
  const roleName = useRoleName()
  return (
    <tr>
      <td>
        <button type="button" className={classes.name} onClick={onOpen}>
          {user.name}
        </button>
        <div className={classes.small}>{user.email}</div>
      </td>
      <td>{roleName(user.role)}</td>
      <td>{names(user.stores)}</td>
      <td>{names(user.warehouses)}</td>
      <td>
        <StatusDot look={personStates[user.state]} code={user.state} />
      </td>
    </tr>
  )
}

function InvitationRow({ clientId, invitation }: { clientId: string; invitation: ClientInvitation }) {
  const { t } = useLingui()
  const roleName = useRoleName()
  return (
    <tr>
      <td>
        {invitation.name || invitation.email}
        {invitation.name && <div className={classes.small}>{invitation.email}</div>}
      </td>
      <td>{roleName(invitation.role)}</td>
      <td>{names(invitation.scope.stores)}</td>
      <td>{names(invitation.scope.warehouses)}</td>
      <td>
        <StatusDot
          look={personStates[invitation.state === 'expired' ? 'expired' : 'invited']}
          code={invitation.state}
        />
        <div className={classes.small}>
          {invitation.state === 'expired' ? t`The link ran out` : t`The link is good until`}{' '}
          <DateText value={invitation.expiresAt} withTime />
        </div>
        <InvitationActions clientId={clientId} invitation={invitation} />
      </td>
    </tr>
  )
}
