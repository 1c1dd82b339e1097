import { useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../../../api.ts'
import { DateText } from '../../../components/DateText.tsx'
import { Unread } from '../../../components/Unread.tsx'
import { Section } from '../../../ui/Section.tsx'
import { toast } from '../../../ui/toast.ts'
import classes from '../../orders/OrderComments.module.css'
import { useChangeOrder } from '../../orders/useChangeOrder.ts'
import { useReadComments } from '../../orders/useReadComments.ts'
import type { PortalOrder } from './usePortalOrders.ts'

/** What the client and the host wrote to each other. */
export function PortalComments({ order }: { order: PortalOrder }) {
  const { t } = useLingui()
  const { comments, unread } = order
  useReadComments(order, 'host')
  const writes = order.can.comment === true
  if (!comments || (comments.length === 0 && !writes)) return null
  return (
    <Section title={t`Comments`} action={<Unread value={unread} />}>
      {comments.length > 0 && (
        <ul className={classes.comments}>
          {comments.map(({ id, side, author, text, createdAt }) => (
            <li key={id} data-shared={side === 'host' || undefined}>
              <div className={classes.head}>
                <strong>{author}</strong>
                <DateText value={createdAt} withTime />
              </div>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      )}
      {writes && <WriteComment id={order.id} />}
    </Section>
  )
}

function WriteComment({ id }: { id: string }) {
  const { t } = useLingui()
  const change = useChangeOrder()
  const [text, setText] = useState('')
  const send = async (event: { preventDefault(): void }) => {
    event.preventDefault()
    if (text.trim() === '') return
    const comment = api('POST /orders/:id/comments', { params: { id }, body: { text, visibility: 'client' } })
    await change(comment).then(() => setText(''), toast.problem)
  }
  return (
    <form className={classes.write} onSubmit={(event: FormEvent) => void send(event)}>
      <Textarea
        aria-label={t`Your comment`}
        placeholder={t`Ask or tell us something about this order`}
        value={text}
        autosize
        minRows={2}
        maxLength={5000}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(event)
        }}
      />
      <div className={classes.send}>
        <Button type="submit" variant="default">{t`Comment`}</Button>
      </div>
    </form>
  )
}
