import { Trans, useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../../api.ts'
import { ProblemNote } from '../../ui/states.tsx'
import classes from './outbox.module.css'
import { type OutboxMail, outboxQuery } from './outbox.ts'

/** Makes a fresh link and shows it here, once: it is kept nowhere, and gone when the panel closes. */
export function RevealLink({ mail, onRevealed }: { mail: OutboxMail; onRevealed: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const field = useRef<HTMLInputElement>(null)
  const [link, setLink] = useState('')
  const [copied, setCopied] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const reveal = async () => {
    setBusy(true)
    setProblem(null)
    setCopied(false)
    try {
      setLink((await api('POST /outbox/:id/reveal', { params: { id: mail.id } })).link)
      onRevealed()
    } catch (error) {
      setProblem(error)
    }
    setBusy(false)
    await client.invalidateQueries({ queryKey: outboxQuery.queryKey })
  }
  /** Without https a browser gives no clipboard: then the text is selected, to be copied by hand. */
  const copy = async () => {
    field.current?.select()
    await navigator.clipboard?.writeText(link)
    setCopied(Boolean(navigator.clipboard))
  }
  return (
    <div className={classes.link}>
      <p>
        <Trans>
          Whoever has the link can set the password, so give it to {mail.recipient} alone. Each time you reveal it, a
          new link is made, the earlier one stops working, and it is recorded that you did.
        </Trans>
      </p>
      {problem !== null && <ProblemNote problem={problem} />}
      {link ? (
        <div className={classes.row}>
          <TextInput
            ref={field}
            label={t`Link for ${mail.recipient}`}
            value={link}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button onClick={() => void copy()}>{copied ? t`Copied` : t`Copy`}</Button>
        </div>
      ) : (
        <div>
          <Button loading={busy} onClick={() => void reveal()}>{t`Reveal link`}</Button>
        </div>
      )}
    </div>
  )
}
