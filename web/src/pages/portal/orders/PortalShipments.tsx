import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, useLingui } from '@lingui/react/macro'
import { DateText } from '../../../components/DateText.tsx'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { Section } from '../../../ui/Section.tsx'
import classes from './PortalOrders.module.css'
import type { PortalOrder } from './usePortalOrders.ts'

const states: Record<string, MessageDescriptor> = {
  labelled: msg`Ready to leave`,
  handed_over: msg`Handed to the carrier`,
  in_transit: msg`On its way`,
  delivered: msg({ message: 'Delivered', context: 'a parcel' }),
  exception: msg`A problem on the way`,
}

/** What left, with which carrier, and how far it is. */
export function PortalShipments({ order }: { order: PortalOrder }) {
  const { t, i18n } = useLingui()
  return (
    <Section title={t`Shipments`}>
      {order.shipments.length === 0 && <p className={classes.quiet}>{t`Nothing has left yet.`}</p>}
      {order.shipments.map((shipment) => (
        <div key={shipment.id} className={classes.shipment}>
          <strong>{states[shipment.state] ? i18n._(states[shipment.state]!) : shipment.state}</strong>
          <span>
            {[shipment.carrier, shipment.service].filter(Boolean).join(' ')}{' '}
            {shipment.trackingNumbers.map((number) => (
              <span key={number}>
                {number} <CopyButton value={number} name={t`the tracking number`} />
              </span>
            ))}
          </span>
          <span className={classes.quiet}>
            <DateText value={shipment.shippedOn} /> ·{' '}
            <Plural
              value={shipment.lines.reduce((sum, { quantity }) => sum + quantity, 0)}
              one="# unit"
              other="# units"
            />{' '}
            · {shipment.warehouse ?? t`another warehouse`}
          </span>
        </div>
      ))}
    </Section>
  )
}
