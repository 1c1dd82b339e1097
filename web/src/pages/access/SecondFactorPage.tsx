import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { useTitle } from '../../ui/useTitle.ts'
import { NewPasskey } from '../me/NewPasskey.tsx'
import { RecoveryCodes } from '../me/RecoveryCodes.tsx'
import { TotpSetup } from '../me/TotpSetup.tsx'
import classes from './access.module.css'
import { PasskeyButton } from './PasskeyButton.tsx'
import { useArrive } from './useArrive.ts'

/** The second step of signing in: show the second factor, or set one up where the role needs it. */
export default function SecondFactorPage() {
  const { t } = useLingui()
  useTitle(t`Second factor`)
  const navigate = useNavigate()
  const pending = useQuery({
    queryKey: ['pending'],
    queryFn: ({ signal }) => api('GET /session/pending', { signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  if (pending.isPending) return <Skeleton lines={4} />
  if (pending.isError) return <ProblemState problem={pending.error} onRetry={() => void pending.refetch()} />
  if (pending.data.pending === 'prove') return <Prove ways={pending.data.ways} email={pending.data.email} />
  if (pending.data.pending === 'enroll') return <Enroll />
  return (
    <Empty
      whole
      icon="clock"
      title={t`Start with your password`}
      action={<Button onClick={() => void navigate(paths.signIn())}>{t`Sign in`}</Button>}
    >
      <Trans>The second step is good for a quarter of an hour after the first one.</Trans>
    </Empty>
  )
}

function Prove({ ways, email }: { ways: string[]; email: string }) {
  const { t } = useLingui()
  const { next } = useSearch({ from: '/plain/second-factor' })
  const arrive = useArrive()
  return (
    <>
      <h1 className={classes.title}>
        <Trans>One more step</Trans>
      </h1>
      <p className={classes.lead}>
        <Trans>Show that it is you, {email}.</Trans>
      </p>
      {ways.includes('passkey') && (
        <div className={classes.other}>
          <PasskeyButton onDone={(answer) => arrive(answer, next)} />
        </div>
      )}
      <Form<{ code: string }>
        wide
        defaultValues={{ code: '' }}
        action={t`Go on`}
        onSubmit={async ({ code }) => arrive(await api('POST /session/code', { body: { code: code.trim() } }), next)}
      >
        <TextField
          name="code"
          label={ways.includes('code') ? t`Code of your app` : t`Recovery code`}
          help={t`Six digits; or one of your recovery codes, if you do not have the app with you.`}
          autoComplete="one-time-code"
          size="lg"
          autoFocus
          required
        />
      </Form>
      <p className={classes.foot}>
        <Trans>
          Lost everything? An administrator of your account can end your second factor; you are told by mail.
        </Trans>
      </p>
    </>
  )
}

type Enrolled = ResponseOf<'POST /session/enroll/totp/confirm'>

function Enroll() {
  const { t } = useLingui()
  const { next } = useSearch({ from: '/plain/second-factor' })
  const arrive = useArrive()
  const [way, setWay] = useState<'app' | 'passkey' | null>(null)
  const [done, setDone] = useState<Enrolled | null>(null)
  const finish = async (enrolled: Enrolled) => {
    if (enrolled.recoveryCodes.length > 0) setDone(enrolled)
    else await arrive(enrolled.signedIn, next)
  }
  if (done) {
    return (
      <>
        <h1 className={classes.title}>{t`Keep your recovery codes`}</h1>
        <RecoveryCodes codes={done.recoveryCodes} onKept={() => void arrive(done.signedIn, next)} />
      </>
    )
  }
  return (
    <>
      <h1 className={classes.title}>
        <Trans>Set up a second factor</Trans>
      </h1>
      <p className={classes.lead}>
        <Trans>Your role needs one. It takes a minute, and you are asked for it when you sign in.</Trans>
      </p>
      {way === null && (
        <div className={classes.other}>
          <Button size="lg" fullWidth onClick={() => setWay('app')}>{t`An app on my telephone`}</Button>
          <Button size="lg" fullWidth variant="default" onClick={() => setWay('passkey')}>
            {t`A passkey of this device`}
          </Button>
        </div>
      )}
      {way === 'app' && (
        <TotpSetup
          begin={() => api('POST /session/enroll/totp')}
          confirm={async (code) => finish(await api('POST /session/enroll/totp/confirm', { body: { code } }))}
          onCancel={() => setWay(null)}
        />
      )}
      {way === 'passkey' && (
        <NewPasskey
          ask={() => api('POST /session/enroll/passkey')}
          keep={async (body) => finish(await api('POST /session/enroll/passkey/confirm', { body }))}
          onCancel={() => setWay(null)}
        />
      )}
    </>
  )
}
