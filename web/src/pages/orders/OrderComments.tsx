import { useLingui } from '@lingui/react/macro'
import { DateText } from '../../components/DateText.tsx'
import { Unread } from '../../components/Unread.tsx'
import { useCan } from '../../me.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Section } from '../../ui/Section.tsx'
import { CommentForm } from './CommentForm.tsx'
import classes from './OrderComments.module.css'
import type { Order } from './useOrder.ts'
import { useReadComments } from './useReadComments.ts'

/** What people said about it. What a client can read is marked, in word and colour. */
export function OrderComments({ order }: { order: Order }) {
  const { t } = useLingui()
  const notes = useCan()('orders:notes')
  useReadComments(order, 'client')
  if (!order.comments) return null
  return (
    <Section title={t`Comments`} action={<Unread value={order.unread} />}>
      {order.comments.length > 0 && (
        <ul className={classes.comments}>
          {order.comments.map(({ id, author, side, text, visibility, createdAt }) => (
            <li key={id} data-shared={visibility === 'client' || undefined}>
              <div className={classes.head}>
                <strong>
                  {side === 'client' && order.store.client ? `${author} · ${order.store.client}` : author}
                </strong>
                <DateText value={createdAt} withTime />
                <span className={classes.who}>
                  <Icon name={visibility === 'client' ? 'person' : 'lock'} size={12} />
                  {side === 'client'
                    ? t`from the client`
                    : visibility === 'client'
                      ? t`shared with the client`
                      : t`internal`}
                </span>
              </div>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      )}
      {order.can.comment === true && (notes || order.store.client) && <CommentForm order={order} />}
    </Section>
  )
}
