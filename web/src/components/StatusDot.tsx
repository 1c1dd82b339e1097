import { useLingui } from '@lingui/react/macro'
import classes from './StatusDot.module.css'
import { fulfillmentStates, orderStatuses, type StatusLook } from './statuses.ts'

/** A dot and a word, never colour alone; the same everywhere. A status we do not know shows as the server wrote it. */
export function StatusDot({ look, code }: { look: StatusLook | undefined; code: string }) {
  const { i18n } = useLingui()
  return (
    <span className={classes.status}>
      <span className={classes.dot} data-hue={look?.hue ?? 'grey'} data-fill={look?.fill} aria-hidden="true" />
      <span className={classes.word}>{look ? i18n._(look.word) : code}</span>
    </span>
  )
}

export function OrderStatusDot({ status }: { status: string }) {
  return <StatusDot look={(orderStatuses as Record<string, StatusLook>)[status]} code={status} />
}

export function FulfillmentStateDot({ state }: { state: string }) {
  return <StatusDot look={(fulfillmentStates as Record<string, StatusLook>)[state]} code={state} />
}
