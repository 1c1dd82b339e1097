import { Trans, useLingui } from '@lingui/react/macro'
import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { DateText } from '../../components/DateText.tsx'
import { StatusDot } from '../../components/StatusDot.tsx'
import { useCan, useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { RecordHistory } from '../audit/RecordHistory.tsx'
import { outboxQuery } from '../outbox/outbox.ts'
import { EndBatch } from './grant/EndBatch.tsx'
import { GrantEditor } from './grant/GrantEditor.tsx'
import { PersonActions } from './PersonActions.tsx'
import classes from './people.module.css'
import { personStates } from './person-states.ts'
import { RequestCard } from './RequestCard.tsx'
import { roleWords } from './role-words.ts'
import { SightSection } from './SightSection.tsx'
import type { Person } from './usePeople.ts'
import { requestsQuery } from './useRequests.ts'

/** One user or invitation beside the list, with what can be done about it. */
export function PersonPanel({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const me = useMe()
  const can = useCan()
  const name = person.name || person.email || ''
  const oneself = person.email !== null && person.email === me.user.email
  const requests = useQuery({ ...requestsQuery, enabled: can('users:manage') })
  const asks = requests.data?.items.filter(({ state, member }) => state === 'open' && member.id === person.id) ?? []
  const words = roleWords[person.role.slug]
  const changeable = can('users:manage') && person.kind === 'person' && person.state !== 'deactivated' && !oneself
  return (
    <SidePanel
      label={name}
      onClose={onClose}
      title={
        <span className={classes.title}>
          <span>{name}</span>
          {person.member?.owner && <Badge>{t`Owner`}</Badge>}
          {oneself && <Badge>{t`You`}</Badge>}
        </span>
      }
      actions={can('users:manage') && !oneself ? <PersonActions person={person} name={name} /> : undefined}
    >
      <Section title={t`Person`}>
        <Facts
          facts={[
            [t`State`, <StatusDot key="state" look={personStates[person.state]} code={person.state} />],
            [
              t`E-mail`,
              person.email && (
                <>
                  {person.email} <CopyButton value={person.email} name={t`the e-mail address`} />
                </>
              ),
            ],
            [t`Company`, person.party?.name],
            [t`Batch`, person.batch],
            [
              person.kind === 'invitation' ? t`Invited on` : t`Since`,
              <DateText key="since" value={person.createdAt} />,
            ],
            [
              t`Last seen`,
              person.member?.lastSeenAt && <DateText key="seen" value={person.member.lastSeenAt} withTime />,
            ],
            [t`Second factor`, person.kind === 'person' && (person.member?.secondFactor ? t`Yes` : t`No`)],
            [t`Good until`, person.state === 'invited' && <DateText key="until" value={person.expiresAt} withTime />],
          ]}
        />
      </Section>
      {asks.length > 0 && (
        <Section title={t`Asks for access`}>
          {asks.map((request) => (
            <RequestCard key={request.id} request={request} />
          ))}
        </Section>
      )}
      <Section title={t`Role and access`}>
        <GrantEditor person={person} name={name} changeable={changeable} />
        {person.batch && can('users:manage') && <EndBatch name={person.batch} />}
        {words && <p className={classes.help}>{i18n._(words)}</p>}
      </Section>
      {person.kind === 'person' && <SightSection id={person.id} />}
      {person.kind === 'person' && <RecordHistory kind="member" id={person.id} />}
      {person.kind === 'invitation' && can('outbox:read') && <InvitationMail person={person} />}
    </SidePanel>
  )
}

/** Where the mail of an invitation stands; without SMTP the link is handed over by hand. */
function InvitationMail({ person }: { person: Person }) {
  const { t } = useLingui()
  const outbox = useQuery(outboxQuery)
  const mail = outbox.data?.items.find(({ recipient }) => recipient === person.email)
  if (!outbox.data || !mail || person.state !== 'invited') return null
  return (
    <Section title={t`Mail`}>
      {mail.sentAt ? (
        <p className={classes.quiet}>
          <Trans>
            The mail with the link was sent on <DateText value={mail.sentAt} withTime />.
          </Trans>
        </p>
      ) : (
        <p className={classes.quiet}>
          {outbox.data.smtp ? (
            <Trans>The mail with the link is not sent yet.</Trans>
          ) : (
            <Trans>This server sends no mail: you hand the link over yourself.</Trans>
          )}{' '}
          <Link {...paths.outbox(mail.id)}>
            <Trans>See it in the outbox</Trans>
          </Link>
        </p>
      )}
    </Section>
  )
}
