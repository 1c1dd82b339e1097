import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { CopyField } from '../../ui/CopyField.tsx'
import { ProblemNote } from '../../ui/states.tsx'
import classes from './outbox.module.css'
import { type OutboxMail, outboxQuery } from './outbox.ts'

/** Makes a fresh link and shows it here, once: it is kept nowhere, and gone when the panel closes. */
export function RevealLink({ mail, onRevealed }: { mail: OutboxMail; onRevealed: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [link, setLink] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const reveal = async () => {
    setBusy(true)
    setProblem(null)
    try {
      setLink((await api('POST /outbox/:id/reveal', { params: { id: mail.id } })).link)
      onRevealed()
    } catch (error) {
      setProblem(error)
    }
    setBusy(false)
    await client.invalidateQueries({ queryKey: outboxQuery.queryKey })
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
        <CopyField label={t`Link for ${mail.recipient}`} value={link} />
      ) : (
        <div>
          <Button loading={busy} onClick={() => void reveal()}>{t`Reveal link`}</Button>
        </div>
      )}
    </div>
  )
}
