import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../api.ts'
import { askPasskey, turnedAway } from '../passkeys.ts'
import { setProver } from '../prove.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Form } from '../ui/form/Form.tsx'
import { PasswordField, TextField } from '../ui/form/fields.tsx'
import { ProblemNote, ProblemState, Skeleton } from '../ui/states.tsx'
import classes from './ProveDialog.module.css'

/** Opens by itself where the server asks for a fresh proof; what was wanted then goes on. */
export function ProveDialog() {
  const [answer, setAnswer] = useState<((proved: boolean) => void) | null>(null)
  useEffect(() => setProver(() => new Promise((resolve) => setAnswer(() => resolve))), [])
  if (!answer) return null
  const close = (proved: boolean) => {
    setAnswer(null)
    answer(proved)
  }
  return <Ask onDone={() => close(true)} onClose={() => close(false)} />
}

type Props = { onDone: () => void; onClose: () => void }

function Ask({ onDone, onClose }: Props) {
  const { t } = useLingui()
  const ways = useQuery({
    queryKey: ['prove'],
    queryFn: ({ signal }) => api('GET /session/prove', { signal }),
    gcTime: 0,
    staleTime: 0,
  })
  return (
    <Dialog title={t`Show once more that it is you`} onClose={onClose}>
      <div className={classes.prove}>
        {ways.isPending && <Skeleton lines={2} />}
        {ways.isError && <ProblemState problem={ways.error} onRetry={() => void ways.refetch()} />}
        {ways.data && <Ways ways={ways.data.ways} onDone={onDone} onClose={onClose} />}
      </div>
    </Dialog>
  )
}

function Ways({ ways, onDone, onClose }: Props & { ways: string[] }) {
  const { t } = useLingui()
  const send = async (body: { password?: string; code?: string }) => {
    await api('POST /session/prove', { body })
    onDone()
  }
  return (
    <>
      <p>
        <Trans>This matters, and you signed in some time ago. What you wanted to do goes on afterwards.</Trans>
      </p>
      {ways.includes('passkey') && <ByPasskey onDone={onDone} />}
      {ways.includes('code') && (
        <Form<{ code: string }>
          defaultValues={{ code: '' }}
          action={t`Confirm`}
          onCancel={onClose}
          onSubmit={({ code }) => send({ code: code.trim() })}
        >
          <TextField
            name="code"
            label={t`Code of your app`}
            help={t`Or one of your recovery codes.`}
            autoComplete="one-time-code"
            data-autofocus
            required
          />
        </Form>
      )}
      {ways.includes('password') && (
        <Form<{ password: string }>
          defaultValues={{ password: '' }}
          action={t`Confirm`}
          onCancel={onClose}
          onSubmit={({ password }) => send({ password })}
        >
          <PasswordField name="password" label={t`Your password`} autoComplete="current-password" required />
        </Form>
      )}
      {ways.length === 0 && (
        <p>
          <Trans>Sign out and in again: you have no password here and no second factor.</Trans>
        </p>
      )}
    </>
  )
}

function ByPasskey({ onDone }: { onDone: () => void }) {
  const { t } = useLingui()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const prove = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const passkey = await askPasskey(await api('POST /session/prove/ask'))
      await api('POST /session/prove', { body: { passkey } })
      onDone()
    } catch (error) {
      if (!turnedAway(error)) setProblem(error)
      setBusy(false)
    }
  }
  return (
    <>
      {problem !== null && <ProblemNote problem={problem} />}
      <Button variant="default" loading={busy} onClick={() => void prove()}>{t`Use a passkey`}</Button>
    </>
  )
}
