import { Plural, useLingui } from '@lingui/react/macro'
import { Address } from '../../components/Address.tsx'
import { useFormat } from '../../components/format.ts'
import { Removed } from '../../components/Removed.tsx'
import { Icon } from '../../ui/Icon.tsx'
import classes from './Queue.module.css'
import type { QueueItem } from './useQueue.ts'

/** Name and place; the whole address, note and gift text where they are asked for. */
export function Recipient({ item }: { item: QueueItem }) {
  const { t } = useLingui()
  const { country } = useFormat()
  const { recipient } = item
  const place = [recipient.postcode, recipient.city, country(recipient.country)].filter(Boolean).join(' ')
  return (
    <details className={classes.who}>
      <summary>
        <span>
          {item.removedAt ? <Removed at={item.removedAt} /> : recipient.name || recipient.company || t`No name`}
        </span>
        <span className={classes.place}>{place}</span>
        {(item.buyerNote || item.giftText) && (
          <span className={classes.noted}>
            <Icon name="comment" size={12} />
            <Plural
              value={Number(Boolean(item.buyerNote)) + Number(Boolean(item.giftText))}
              one="# note"
              other="# notes"
            />
          </span>
        )}
      </summary>
      <div className={classes.whole}>
        {!item.removedAt && <Address address={recipient} />}
        {item.service && <p>{t`Service: ${item.service}`}</p>}
        {item.giftText && <p>{t`Gift message: ${item.giftText}`}</p>}
        {item.buyerNote && <p>{t`Note of the buyer: ${item.buyerNote}`}</p>}
      </div>
    </details>
  )
}
