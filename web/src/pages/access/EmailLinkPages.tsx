import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem, api } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Empty, ProblemNote } from '../../ui/states.tsx'
import { useTitle } from '../../ui/useTitle.ts'
import classes from './access.module.css'
import { SpentLink } from './SpentLink.tsx'
import { useOneTimeToken } from './useOneTimeToken.ts'

/** The link of the mail to a new address: a press of the button confirms it, opening the page does not. */
export function ConfirmEmailPage() {
  const { t } = useLingui()
  useTitle(t`Confirm the new address`)
  return (
    <ByLink
      title={t`Confirm the new address`}
      lead={t`From then on you sign in with it.`}
      action={t`Confirm`}
      call="POST /email/confirm"
      done={(email) => t`You sign in as ${email} now`}
    />
  )
}

/** The link of the mail to the old address. */
export function KeepEmailPage() {
  const { t } = useLingui()
  useTitle(t`Keep your address`)
  return (
    <ByLink
      title={t`Keep your address`}
      lead={t`The change is undone, and every session of yours ends. Then set a new password: somebody was signed in as you.`}
      action={t`Keep this address`}
      call="POST /email/cancel"
      done={(email) => t`You sign in as ${email}, as before`}
    />
  )
}

type Props = {
  title: string
  lead: string
  action: string
  call: 'POST /email/confirm' | 'POST /email/cancel'
  done: (email: string) => string
}

function ByLink({ title, lead, action, call, done }: Props) {
  const { t } = useLingui()
  const token = useOneTimeToken()
  const [email, setEmail] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  if (email) {
    return (
      <Empty
        whole
        icon="check"
        title={done(email)}
        action={<Button component={Link} {...paths.home()}>{t`Go to the first page`}</Button>}
      >
        <Trans>The link is used up.</Trans>
      </Empty>
    )
  }
  if (!token || (problem instanceof ApiProblem && problem.status === 410)) return <SpentLink />
  const send = () => api(call, { body: { token } }).then((answer) => setEmail(answer.email), setProblem)
  return (
    <>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.lead}>{lead}</p>
      {problem !== null && <ProblemNote problem={problem} />}
      <Button size="lg" fullWidth onClick={() => void send()}>
        {action}
      </Button>
    </>
  )
}
