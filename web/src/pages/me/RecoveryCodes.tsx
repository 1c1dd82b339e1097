import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { portal } from '../../portal.ts'
import { saveFile } from '../../ui/save-file.ts'
import { toast } from '../../ui/toast.ts'
import classes from './me.module.css'

/** Shown once: to be copied, saved or printed before going on. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useLingui()
  const text = codes.join('\n')
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    toast.done(t`Copied`)
  }
  return (
    <div className={classes.setup}>
      <p>
        <Trans>
          Each of these codes signs you in once, if you lose your app or passkey. They are shown this one time: keep
          them where you keep your passwords.
        </Trans>
      </p>
      <ul className={classes.codes} aria-label={t`Recovery codes`}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button variant="default" size="xs" onClick={() => void copy()}>{t`Copy`}</Button>
        <Button
          variant="default"
          size="xs"
          onClick={() =>
            saveFile(
              new Blob([`${text}\n`], { type: 'text/plain' }),
              `${portal ? 'portal' : 'crossdock'}-recovery-codes.txt`,
            )
          }
        >{t`Download`}</Button>
        <Button variant="default" size="xs" onClick={() => print()}>{t`Print`}</Button>
      </div>
      <Button onClick={onKept}>{t`I have kept them`}</Button>
    </div>
  )
}
