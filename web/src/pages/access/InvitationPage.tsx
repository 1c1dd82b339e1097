import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, api } from '../../api.ts'
import { useRoleName } from '../../components/roles.ts'
import { speak } from '../../i18n.ts'
import { preference } from '../../preferences.ts'
import { Form } from '../../ui/form/Form.tsx'
import { PasswordField, TextField } from '../../ui/form/fields.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { useTitle } from '../../ui/useTitle.ts'
import classes from './access.module.css'
import { usePasswordRules } from './password.ts'
import { useArrive } from './useArrive.ts'
import { useOneTimeToken } from './useOneTimeToken.ts'

export default function InvitationPage() {
  const { t } = useLingui()
  useTitle(t`Invitation`)
  const token = useOneTimeToken()
  const arrive = useArrive()
  const password = usePasswordRules()
  const roleName = useRoleName()
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: async ({ signal }) => {
      const found = await api('POST /invitations/look', { body: { token }, signal })
      // In the language he was invited in, unless he chose one here.
      if (!preference.read('language')) await speak(found.locale)
      return found
    },
    enabled: token !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [later, setLater] = useState(false)
  if (later) return <Later />
  if (!token) return <NoToken />
  if (invitation.isPending) return <Skeleton lines={5} />
  if (isSpent(invitation.error)) return <Spent />
  if (invitation.isError) return <ProblemState problem={invitation.error} onRetry={() => void invitation.refetch()} />
  const { accountName, partyName, role, email, knownUser, signedInAs } = invitation.data
  if (signedInAs && signedInAs.toLowerCase() !== email.toLowerCase()) {
    return <SomebodyElse email={email} signedInAs={signedInAs} onSignedOut={() => void invitation.refetch()} />
  }
  return (
    <>
      <h1 className={classes.title}>
        <Trans>Join {accountName}</Trans>
      </h1>
      <p className={classes.lead}>
        {partyName ? (
          <Trans>
            You are invited to work for {partyName} as {roleName(role)}.
          </Trans>
        ) : (
          <Trans>You are invited as {roleName(role)}.</Trans>
        )}{' '}
        {knownUser ? (
          <Trans>You will sign in as {email}, with the password you have.</Trans>
        ) : (
          <Trans>You will sign in as {email}. Nobody but you will know the password.</Trans>
        )}
      </p>
      <Form<{ name: string; password: string }>
        wide
        defaultValues={{ name: invitation.data.name, password: '' }}
        action={t`Accept the invitation`}
        onSubmit={async (values) => {
          const entered = await api('POST /invitations/accept', { body: { token, ...values } })
          if (!entered.audience && !entered.pending && entered.choices.length === 0) setLater(true)
          else await arrive(entered)
        }}
      >
        <TextField name="name" label={t`Your name`} autoComplete="name" size="lg" autoFocus required />
        {knownUser ? (
          <PasswordField
            name="password"
            label={t`Your password`}
            help={t`You have a password for this address already: enter that one.`}
            autoComplete="current-password"
            size="lg"
            required
          />
        ) : (
          <PasswordField
            name="password"
            label={t`New password`}
            help={password.help}
            rules={password.rules}
            autoComplete="new-password"
            size="lg"
            required
          />
        )}
      </Form>
    </>
  )
}

function Later() {
  const { t } = useLingui()
  return (
    <Empty whole icon="check" title={t`Your invitation is accepted`}>
      <Trans>
        Your access begins on a later day. From then on, sign in with your e-mail address and this password.
      </Trans>
    </Empty>
  )
}

function NoToken() {
  const { t } = useLingui()
  return (
    <Empty whole icon="outbox" title={t`Open the link from your invitation again`}>
      <Trans>
        The address is not kept in this page, so that nobody else can use it. The link in the mail still works.
      </Trans>
    </Empty>
  )
}

const isSpent = (error: unknown) => error instanceof ApiProblem && (error.status === 410 || error.status === 400)

/** In a browser where a colleague is signed in, nobody becomes somebody else by opening a link. */
function SomebodyElse(props: { email: string; signedInAs: string; onSignedOut: () => void }) {
  const { t } = useLingui()
  const { email, signedInAs, onSignedOut } = props
  const signOut = async () => {
    await api('DELETE /session').catch(() => toast.failed(t`The server does not answer`))
    onSignedOut()
  }
  return (
    <Empty
      whole
      icon="person"
      title={t`This invitation is for ${email}`}
      action={<Button onClick={() => void signOut()}>{t`Sign out and go on`}</Button>}
    >
      <Trans>You are signed in here as {signedInAs}. Sign out first; the invitation stays good.</Trans>
    </Empty>
  )
}

function Spent() {
  const { t } = useLingui()
  return (
    <Empty whole icon="clock" title={t`This link no longer works`}>
      <Trans>
        Each invitation works once and for a limited time. If you have already set a password, sign in; otherwise ask
        whoever invited you to send a new one.
      </Trans>
    </Empty>
  )
}
