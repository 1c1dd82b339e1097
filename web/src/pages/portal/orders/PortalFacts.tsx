import { useLingui } from '@lingui/react/macro'
import { api } from '../../../api.ts'
import { DateText } from '../../../components/DateText.tsx'
import { Tags } from '../../../components/Tag.tsx'
import { Facts, Section } from '../../../ui/Section.tsx'
import { TagInput } from '../../../ui/TagInput.tsx'
import { toast } from '../../../ui/toast.ts'
import { useChangeOrder } from '../../orders/useChangeOrder.ts'
import type { PortalOrder } from './usePortalOrders.ts'

/** When, for which store and by when, and the client's own tags. */
export function PortalFacts({ order }: { order: PortalOrder }) {
  const { t } = useLingui()
  return (
    <Section title={t`Order`}>
      <Facts
        facts={[
          [
            t`Ordered`,
            <DateText key="placed" value={order.placedAt ?? order.placedOn} withTime={order.placedAt !== null} />,
          ],
          [t`Store`, order.store.name],
          [t`Buyer`, order.recipient?.buyerName],
          [t`Service`, order.service],
          [t`Ship by`, order.shipBy && <DateText value={order.shipBy} />],
          [t`Deliver by`, order.deliverBy && <DateText value={order.deliverBy} />],
          [t`Your tags`, (order.can.tag || order.tags.length > 0) && <OwnTags order={order} />],
          [t`Buyer's note`, order.buyerNote],
          [t`Gift text`, order.giftText],
        ]}
      />
    </Section>
  )
}

/** Each is saved at once; the host sees them as the client's. */
function OwnTags({ order: { id, number, tags, can } }: { order: PortalOrder }) {
  const { t } = useLingui()
  const change = useChangeOrder()
  if (can.tag !== true) return <Tags names={tags} most={12} />
  const save = (next: string[]) => {
    const steps = [
      ...next
        .filter((tag) => !tags.includes(tag))
        .map((tag) => api('POST /orders/:id/tags', { params: { id }, body: { tag } })),
      ...tags
        .filter((tag) => !next.includes(tag))
        .map((tag) => api('DELETE /orders/:id/tags', { params: { id }, query: { tag } })),
    ]
    change(Promise.all(steps)).catch(toast.problem)
  }
  return <TagInput label={t`Tags of order ${number}`} hideLabel value={tags} onChange={save} />
}
