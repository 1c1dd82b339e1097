import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { toast } from '../../ui/toast.ts'
import { issueWords } from './issues.ts'
import classes from './OrderNotices.module.css'
import { ResolveForm } from './ResolveForm.tsx'
import { useChangeOrder } from './useChangeOrder.ts'
import type { Order } from './useOrder.ts'

/** Why this order does not simply go on: holds and open issues, above everything else. */
export function OrderNotices({ order }: { order: Order }) {
  const { t, i18n } = useLingui()
  const change = useChangeOrder()
  const resolve = (id: string) =>
    change(api('POST /orders/issues/:id/resolve', { params: { id } }), t`The issue is dealt with.`).catch(toast.problem)
  const holds = order.holds.filter((hold) => hold.releasedAt === null)
  const [resolving, setResolving] = useState<string>()
  if (holds.length + order.issues.length === 0 && !order.late) return null
  return (
    <ul className={classes.notices}>
      {holds.map((hold) => (
        <HoldNotice key={hold.id} hold={hold} client={hold.side === 'client' ? order.store.client : null} />
      ))}
      {order.late && order.shipBy && (
        <li>
          <Icon name="clock" />
          <div>
            <strong>{i18n._(issueWords.late!)}</strong>
            <div>
              <Trans>
                It was to leave by <DateText value={order.shipBy} />
              </Trans>
            </div>
          </div>
        </li>
      )}
      {order.issues.map((issue) => (
        <li key={issue.id}>
          <Icon name="warning" />
          <div>
            <strong>{issueWords[issue.kind] ? i18n._(issueWords[issue.kind]!) : issue.kind}</strong>
            <div>
              {typeof issue.detail.sku === 'string' && <>{issue.detail.sku} · </>}
              {typeof issue.detail.reason === 'string' && <>{issue.detail.reason} · </>}
              <Trans>
                Since <DateText value={issue.openedAt} withTime />
              </Trans>
            </div>
          </div>
          {order.can.resolve === true && issue.kind !== 'backordered' && (
            <Button
              size="xs"
              variant="default"
              className={classes.action}
              onClick={() => (issue.kind === 'address' ? setResolving(issue.id) : void resolve(issue.id))}
            >
              {t`Dealt with`}
            </Button>
          )}
        </li>
      ))}
      {resolving && <ResolveForm issueId={resolving} onClose={() => setResolving(undefined)} />}
    </ul>
  )
}

type Hold = Order['holds'][number]

/** The holds that lie on an order, where nothing else is to be told. */
export function Holds({ holds }: { holds: Hold[] }) {
  const open = holds.filter((hold) => hold.releasedAt === null)
  if (open.length === 0) return null
  return (
    <ul className={classes.notices}>
      {open.map((hold) => (
        <HoldNotice key={hold.id} hold={hold} client={null} />
      ))}
    </ul>
  )
}

function HoldNotice({ hold, client }: { hold: Hold; client: string | null }) {
  const who = client ? `${hold.placedBy} · ${client}` : hold.placedBy
  return (
    <li>
      <Icon name="pause" />
      <div>
        <strong>{hold.reason}</strong>
        <div>
          {hold.until ? (
            <Trans>
              Held by {who} until <DateText value={hold.until} />
            </Trans>
          ) : (
            <Trans>Held by {who} until it is released</Trans>
          )}
        </div>
      </div>
    </li>
  )
}
