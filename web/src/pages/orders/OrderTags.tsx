import { useLingui } from '@lingui/react/macro'
import { api } from '../../api.ts'
import { Tags } from '../../components/Tag.tsx'
import { useCan } from '../../me.ts'
import { TagInput } from '../../ui/TagInput.tsx'
import { toast } from '../../ui/toast.ts'
import { AddClientTag } from './AddClientTag.tsx'
import { useChangeOrder } from './useChangeOrder.ts'
import type { Order } from './useOrder.ts'

/** The order's own tags, changed in place by who may; each is saved at once. The client's stand below: the house adds to them, and takes none away. */
export function OrderTags({ order }: { order: Order }) {
  const { t } = useLingui()
  const can = useCan()
  const change = useChangeOrder()
  const { id, number, tags, clientTags } = order
  if (order.can.tag !== true) return <Tags names={tags} client={clientTags} most={12} />
  const save = (next: string[]) => {
    const added = next.filter((tag) => !tags.includes(tag))
    const removed = tags.filter((tag) => !next.includes(tag))
    const steps = [
      ...added.map((tag) => api('POST /orders/:id/tags', { params: { id }, body: { tag } })),
      ...removed.map((tag) => api('DELETE /orders/:id/tags', { params: { id }, query: { tag } })),
    ]
    change(Promise.all(steps)).catch(toast.problem)
  }
  return (
    <>
      <TagInput label={t`Tags of order ${number}`} hideLabel value={tags} onChange={save} />
      {clientTags.length > 0 && (
        <div style={{ marginTop: 6 }}>
          <Tags names={[]} client={clientTags} most={12} />
        </div>
      )}
      {order.store.client && can('orders:tag-portal') && <AddClientTag order={order} />}
    </>
  )
}
