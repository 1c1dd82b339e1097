import { useLingui } from '@lingui/react/macro'
import { actorName } from '../../components/actors.ts'
import { DateText } from '../../components/DateText.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Icon } from '../../ui/Icon.tsx'
import classes from './Queue.module.css'
import { ShipmentCost } from './ShipmentCost.tsx'

type Shipment = {
  id: string
  carrier: string
  service: string
  shippedOn: string
  createdBy: string
  parcels: { id: string; trackingNumber: string }[]
  /** Only for who may read what carriers charge. */
  cost?: { amount: number; currency: string }
  costVersion?: number
}

/** What has left: when, with whom, under which tracking number, and who said so. */
export function Shipments({ shipments, costs = false }: { shipments: Shipment[]; costs?: boolean }) {
  const { t } = useLingui()
  if (shipments.length === 0) return null
  return (
    <ul className={classes.shipments} aria-label={t`Shipped`}>
      {shipments.map((shipment) => (
        <li key={shipment.id}>
          <Icon name="truck" size={14} />
          <DateText value={shipment.shippedOn} />
          <span>{[shipment.carrier, shipment.service].filter(Boolean).join(' ')}</span>
          {shipment.parcels
            .filter(({ trackingNumber }) => trackingNumber)
            .map(({ id, trackingNumber }) => (
              <span key={id} className={classes.tracking}>
                {trackingNumber}
                <CopyButton value={trackingNumber} name={t`the tracking number`} />
              </span>
            ))}
          <span className={classes.by}>{t`by ${actorName(shipment.createdBy)}`}</span>
          {costs && <ShipmentCost shipmentId={shipment.id} cost={shipment.cost} version={shipment.costVersion ?? 0} />}
        </li>
      ))}
    </ul>
  )
}
