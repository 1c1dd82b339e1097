import { useLingui } from '@lingui/react/macro'
import { Address, Place } from '../../components/Address.tsx'
import { DateText } from '../../components/DateText.tsx'
import { Removed } from '../../components/Removed.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { OrderTags } from './OrderTags.tsx'
import { paymentWords } from './payments.ts'
import type { Order } from './useOrder.ts'

/** Who gets it and how to reach him; for those who may not see people, roughly where it goes. */
type Recipients = Pick<Order, 'recipient' | 'contact' | 'phone' | 'removedAt' | 'country' | 'region' | 'postcode'>

export function OrderRecipient({ order }: { order: Recipients }) {
  const { t } = useLingui()
  const { recipient, contact } = order
  const phone = contact?.phone ?? order.phone
  return (
    <Section title={t`Recipient`}>
      {order.removedAt && (
        <p>
          <Removed at={order.removedAt} />
        </p>
      )}
      {recipient && !order.removedAt ? <Address address={recipient} /> : <Place place={order} />}
      {(contact || phone) && (
        <Facts
          facts={[
            [t`E-mail`, contact?.email && <Copyable value={contact.email} name={t`the e-mail address`} />],
            [t`Phone`, phone && <Copyable value={phone} name={t`the phone number`} />],
          ]}
        />
      )}
    </Section>
  )
}

/** When, where from and by when. */
export function OrderFacts({ order }: { order: Order }) {
  const { t, i18n } = useLingui()
  return (
    <Section title={t`Order`}>
      <Facts
        facts={[
          [
            t`Ordered`,
            <DateText key="placed" value={order.placedAt ?? order.placedOn} withTime={order.placedAt !== null} />,
          ],
          [t`Store`, order.store.name],
          [t`Client`, order.store.client],
          [t`Buyer`, order.recipient?.buyerName],
          [t`Payment`, i18n._(paymentWords[order.payment])],
          [t`Service`, order.service],
          [t`Ship by`, order.shipBy && <DateText value={order.shipBy} />],
          [t`Deliver by`, order.deliverBy && <DateText value={order.deliverBy} />],
          [t`Tags`, (order.can.tag || order.tags.length + order.clientTags.length > 0) && <OrderTags order={order} />],
          [t`Buyer's note`, order.buyerNote],
          [t`Gift text`, order.giftText],
        ]}
      />
    </Section>
  )
}

function Copyable({ value, name }: { value: string; name: string }) {
  return (
    <>
      {value} <CopyButton value={value} name={name} />
    </>
  )
}
