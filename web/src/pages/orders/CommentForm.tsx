import { useLingui } from '@lingui/react/macro'
import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { api } from '../../api.ts'
import { useCan } from '../../me.ts'
import { toast } from '../../ui/toast.ts'
import classes from './OrderComments.module.css'
import { useChangeOrder } from './useChangeOrder.ts'
import type { Order } from './useOrder.ts'

/** Writes a comment: inside the house, or shared with the client of the store where there is one; colour and word say which. */
export function CommentForm({ order }: { order: Order }) {
  const { t } = useLingui()
  const notes = useCan()('orders:notes')
  const change = useChangeOrder()
  const [text, setText] = useState('')
  const { client } = order.store
  const [visibility, setVisibility] = useState<'internal' | 'client'>(notes || !client ? 'internal' : 'client')
  const shared = visibility === 'client'
  const send = async (event: FormEvent | KeyboardEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    const comment = api('POST /orders/:id/comments', { params: { id: order.id }, body: { text, visibility } })
    await change(comment).then(() => setText(''), toast.problem)
  }
  return (
    <form className={classes.write} data-shared={shared || undefined} onSubmit={(event) => void send(event)}>
      <Textarea
        aria-label={shared ? t`Comment shared with the client` : t`Internal comment`}
        placeholder={shared ? t`The client will read this` : t`Only your colleagues read this`}
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
        {notes && client && (
          <SegmentedControl
            size="xs"
            aria-label={t`Who reads it`}
            value={visibility}
            onChange={(value) => setVisibility(value as typeof visibility)}
            data={[
              { value: 'internal', label: t`Internal` },
              { value: 'client', label: t`Shared with the client` },
            ]}
          />
        )}
        <Button type="submit" size="xs" variant="default">{t`Comment`}</Button>
      </div>
    </form>
  )
}
