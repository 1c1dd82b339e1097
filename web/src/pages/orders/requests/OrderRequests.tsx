import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useCan } from '../../../me.ts'
import { Section } from '../../../ui/Section.tsx'
import { ProblemNote } from '../../../ui/states.tsx'
import { RequestCard } from './RequestCard.tsx'
import classes from './Requests.module.css'
import { requestsOfOrderQuery } from './useRequests.ts'

/** What was asked for on one order; nothing where nothing was. */
export function OrderRequests({ orderId }: { orderId: string }) {
  return useCan()('orders:propose') ? <OfOrder orderId={orderId} /> : null
}

function OfOrder({ orderId }: { orderId: string }) {
  const { t } = useLingui()
  const { data, error, isError } = useQuery(requestsOfOrderQuery(orderId))
  if (isError && !data) return <ProblemNote problem={error} />
  if (!data?.items.length) return null
  return (
    <Section title={t`Requests`}>
      <ul className={`${classes.list} ${classes.within}`}>
        {data.items.map((request) => (
          <RequestCard key={request.id} request={request} />
        ))}
      </ul>
    </Section>
  )
}
