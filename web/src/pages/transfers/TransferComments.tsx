import { useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { useCan } from '../../me.ts'
import { Section } from '../../ui/Section.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './TransferPage.module.css'
import { type Transfer, useTransferStep } from './useTransfers.ts'

/** What both sides said about it. */
export function TransferComments({ transfer: { id, comments } }: { transfer: Transfer }) {
  const { t } = useLingui()
  const step = useTransferStep()
  const writes = useCan()('transfers:receive')
  const [text, setText] = useState('')
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    await step(api('POST /transfers/:id/comments', { params: { id }, body: { text } })).then(
      () => setText(''),
      toast.problem,
    )
  }
  if (!writes && comments.length === 0) return null
  return (
    <Section title={t`Comments`}>
      {comments.length > 0 && (
        <ul className={classes.comments}>
          {comments.map((comment) => (
            <li key={comment.id}>
              <strong>{comment.actor}</strong>{' '}
              <span className={classes.when}>
                <DateText value={comment.at} withTime />
              </span>
              <p>{comment.text}</p>
            </li>
          ))}
        </ul>
      )}
      {writes && (
        <form className={classes.write} onSubmit={(event) => void send(event)}>
          <Textarea
            aria-label={t`Comment that both sides read`}
            placeholder={t`Both sides read this`}
            value={text}
            autosize
            minRows={2}
            maxLength={2000}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default">{t`Comment`}</Button>
        </form>
      )}
    </Section>
  )
}
