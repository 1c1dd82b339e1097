import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ResponseOf } from '../../api.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import classes from './me.module.css'

type Props = {
  begin: () => Promise<ResponseOf<'POST /me/totp'>>
  confirm: (code: string) => Promise<unknown>
  onCancel: () => void
}

/** An app for codes in two steps: scan, then show that it works. */
export function TotpSetup({ begin, confirm, onCancel }: Props) {
  const { t } = useLingui()
  const setup = useQuery({
    queryKey: ['totp-setup'],
    queryFn: begin,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  if (setup.isPending) return <Skeleton lines={6} />
  if (setup.isError) return <ProblemState problem={setup.error} onRetry={() => void setup.refetch()} />
  const { secret, uri, svg } = setup.data
  const shown = secret.match(/.{1,4}/g)!.join(' ')
  return (
    <div className={classes.setup}>
      <p>
        <Trans>Scan this with an app for codes, such as the one of your password manager.</Trans>
      </p>
      <img className={classes.qr} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={t`QR code for your app`} />
      <p className={classes.secret}>
        <Trans>
          Or <a href={uri}>open it on this device</a>, or type:
        </Trans>{' '}
        <code>{shown}</code> <CopyButton value={secret} name={t`the secret`} />
      </p>
      <Form<{ code: string }>
        defaultValues={{ code: '' }}
        action={t`Switch it on`}
        onCancel={onCancel}
        onSubmit={({ code }) => confirm(code.trim())}
      >
        <TextField
          name="code"
          label={t`Code that the app shows now`}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
        />
      </Form>
    </div>
  )
}
