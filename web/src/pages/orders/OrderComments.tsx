import { useLingui } from '@lingui/react/macro'
import { DateText } from '../../components/DateText.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './OrderComments.module.css'
import type { Order } from './useOrder.ts'

/** What people said about it. What a client can read is marked, in word and colour. */
export function OrderComments({ comments }: { comments: NonNullable<Order['comments']> }) {
  const { t } = useLingui()
  if (comments.length === 0) return null
  return (
    <Section title={t`Comments`}>
      <ul className={classes.comments}>
        {comments.map(({ id, author, text, visibility, createdAt }) => (
          <li key={id} data-shared={visibility === 'client' || undefined}>
            <div className={classes.head}>
              <strong>{author}</strong>
              <DateText value={createdAt} withTime />
              <span>{visibility === 'client' ? t`shared with the client` : t`internal`}</span>
            </div>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
