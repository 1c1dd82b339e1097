import { Trans, useLingui } from '@lingui/react/macro'
import { DateText } from '../../components/DateText.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { issueWords } from './issues.ts'
import classes from './OrderNotices.module.css'
import type { Order } from './useOrder.ts'

/** Why this order does not simply go on: holds and open issues, above everything else. */
export function OrderNotices({ order }: { order: Order }) {
  const { i18n } = useLingui()
  const holds = order.holds.filter((hold) => hold.releasedAt === null)
  if (holds.length + order.issues.length === 0) return null
  return (
    <ul className={classes.notices}>
      {holds.map((hold) => (
        <li key={hold.id}>
          <Icon name="pause" />
          <div>
            <strong>{hold.reason}</strong>
            <div>
              {hold.until ? (
                <Trans>
                  Held by {hold.placedBy} until <DateText value={hold.until} />
                </Trans>
              ) : (
                <Trans>Held by {hold.placedBy} until it is released</Trans>
              )}
            </div>
          </div>
        </li>
      ))}
      {order.issues.map((issue) => (
        <li key={issue.id}>
          <Icon name="warning" />
          <div>
            <strong>{issueWords[issue.kind] ? i18n._(issueWords[issue.kind]!) : issue.kind}</strong>
            <div>
              <Trans>
                Since <DateText value={issue.openedAt} withTime />
              </Trans>
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}
