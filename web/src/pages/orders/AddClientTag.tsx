import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../../api.ts'
import { Icon } from '../../ui/Icon.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './OrderTags.module.css'
import { useChangeOrder } from './useChangeOrder.ts'
import type { Order } from './useOrder.ts'

/** A tag for the client to see among his own, once it is asked for; only he takes it away. */
export function AddClientTag({ order }: { order: Order }) {
  const { t } = useLingui()
  const change = useChangeOrder()
  const [tag, setTag] = useState<string>()
  if (tag === undefined)
    return (
      <button type="button" className={classes.add} onClick={() => setTag('')}>
        <Icon name="person" size={11} />
        {t`Add a tag for ${order.store.client}`}
      </button>
    )
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (tag.trim() === '') return setTag(undefined)
    const body = { tag: tag.trim(), side: 'client' as const }
    const added = api('POST /orders/:id/tags', { params: { id: order.id }, body })
    await change(added).then(() => setTag(undefined), toast.problem)
  }
  return (
    <form className={classes.form} onSubmit={(event) => void send(event)}>
      <TextInput
        size="xs"
        aria-label={t`Tag for ${order.store.client}`}
        placeholder={t`The client sees it and can remove it`}
        value={tag}
        maxLength={200}
        autoFocus
        onChange={(event) => setTag(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          setTag(undefined)
        }}
      />
      <Button type="submit" size="xs" variant="default">{t`Add`}</Button>
    </form>
  )
}
