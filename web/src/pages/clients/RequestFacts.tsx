import { useLingui } from '@lingui/react/macro'
import { DateText } from '../../components/DateText.tsx'
import { useRoleName } from '../../components/roles.ts'
import { StatusDot } from '../../components/StatusDot.tsx'
import { Facts } from '../../ui/Section.tsx'
import { requestStates } from './request-states.ts'
import type { UserRequest } from './useClients.ts'

/** Who is asked for, as what, and what became of it. */
export function RequestFacts({ request }: { request: UserRequest }) {
  const { t } = useLingui()
  const roleName = useRoleName()
  const names = (list: { name: string }[]) => list.map(({ name }) => name || '…').join(', ')
  return (
    <Facts
      facts={[
        [t`Colleague`, [request.name, request.email].filter(Boolean).join(' · ')],
        [t`Role`, roleName({ slug: request.role, name: request.role })],
        [t`Stores`, names(request.stores)],
        [t`Warehouses`, names(request.warehouses)],
        [t`Asked by`, request.askedBy],
        [t`Asked on`, <DateText key="on" value={request.createdAt} withTime />],
        [t`State`, <StatusDot key="state" look={requestStates[request.state]} code={request.state} />],
        [t`Answer`, request.answer],
      ]}
    />
  )
}
