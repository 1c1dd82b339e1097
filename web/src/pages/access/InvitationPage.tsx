import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ApiProblem, api } from '../../api.ts'
import { Form } from '../../ui/form/Form.tsx'
import { PasswordField, TextField } from '../../ui/form/fields.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { useTitle } from '../../ui/useTitle.ts'
import classes from './access.module.css'
import { usePasswordRules } from './password.ts'
import { useEnter } from './useEnter.ts'
import { useOneTimeToken } from './useOneTimeToken.ts'

export default function InvitationPage() {
  const { t } = useLingui()
  useTitle(t`Invitation`)
  const token = useOneTimeToken()
  const navigate = useNavigate()
  const enter = useEnter()
  const password = usePasswordRules()
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api('POST /invitations/look', { body: { token }, signal }),
    enabled: token !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!token) return <NoToken />
  if (invitation.isPending) return <Skeleton lines={5} />
  if (isSpent(invitation.error)) return <Spent />
  if (invitation.isError) return <ProblemState problem={invitation.error} onRetry={() => void invitation.refetch()} />
  const { accountName, partyName, roleName, email } = invitation.data
  return (
    <>
      <h1 className={classes.title}>
        <Trans>Join {accountName}</Trans>
      </h1>
      <p className={classes.lead}>
        {partyName ? (
          <Trans>
            You are invited to work for {partyName} as {roleName}.
          </Trans>
        ) : (
          <Trans>You are invited as {roleName}.</Trans>
        )}{' '}
        <Trans>You will sign in as {email}. Nobody but you will know the password.</Trans>
      </p>
      <Form<{ name: string; password: string }>
        wide
        defaultValues={{ name: invitation.data.name, password: '' }}
        action={t`Accept the invitation`}
        onSubmit={async (values) => {
          await api('POST /invitations/accept', { body: { token, ...values } })
          enter()
          await navigate({ to: '/' })
        }}
      >
        <TextField name="name" label={t`Your name`} autoComplete="name" size="lg" autoFocus required />
        <PasswordField
          name="password"
          label={t`Password`}
          help={password.help}
          rules={password.rules}
          autoComplete="new-password"
          size="lg"
          required
        />
      </Form>
    </>
  )
}

function NoToken() {
  const { t } = useLingui()
  return (
    <Empty icon="outbox" title={t`Open the link from your invitation again`}>
      <Trans>
        The address is not kept in this page, so that nobody else can use it. The link in the mail still works.
      </Trans>
    </Empty>
  )
}

const isSpent = (error: unknown) => error instanceof ApiProblem && error.status >= 400 && error.status < 500

function Spent() {
  const { t } = useLingui()
  return (
    <Empty icon="clock" title={t`This link no longer works`}>
      <Trans>
        Each invitation works once and for a limited time. If you have already set a password, sign in; otherwise ask
        whoever invited you to send a new one.
      </Trans>
    </Empty>
  )
}
