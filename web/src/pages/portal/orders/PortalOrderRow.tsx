import { Plural, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { DateText } from '../../../components/DateText.tsx'
import { useFormat } from '../../../components/format.ts'
import { Money } from '../../../components/Money.tsx'
import { OrderStatusDot } from '../../../components/StatusDot.tsx'
import { Tags } from '../../../components/Tag.tsx'
import { Unread } from '../../../components/Unread.tsx'
import { paths } from '../../../paths.ts'
import classes from './PortalOrders.module.css'
import type { PortalOrderRow as Row } from './usePortalOrders.ts'

/** One order in a client's list. On a phone its parts stand under each other. */
export function PortalOrderRow({ row }: { row: Row }) {
  const { t } = useLingui()
  const { country } = useFormat()
  const [parcel, ...others] = row.parcels
  return (
    <li className={classes.row}>
      <div className={classes.number}>
        <Link {...paths.order(row.id)}>{row.number}</Link>
        <Unread value={row.unread} />
      </div>
      <div className={classes.status}>
        <OrderStatusDot status={row.status} />
        {row.heldByUs && <span className={classes.quiet}>{t`held by you`}</span>}
      </div>
      <div>
        <div className={classes.cut}>{row.recipientName || country(row.country) || '—'}</div>
        <div className={classes.quiet}>
          <DateText value={row.placedAt ?? row.placedOn} /> ·{' '}
          <Plural value={row.quantity} one="# unit" other="# units" />
          {row.total && (
            <>
              {' '}
              · <Money {...row.total} />
            </>
          )}
        </div>
      </div>
      <div>
        {parcel ? (
          <>
            <div className={classes.cut}>{[parcel.carrier, parcel.trackingNumber].filter(Boolean).join(' ')}</div>
            <div className={classes.quiet}>
              <DateText value={parcel.shippedOn} />
              {others.length > 0 && ` · +${others.length}`}
            </div>
          </>
        ) : (
          <span className={classes.none}>—</span>
        )}
      </div>
      <div className={classes.tags}>{row.tags.length > 0 && <Tags names={row.tags} />}</div>
    </li>
  )
}
