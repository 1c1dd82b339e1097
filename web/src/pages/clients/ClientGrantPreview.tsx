import { api } from '../../api.ts'
import { CountedPreview } from '../people/grant/GrantPreview.tsx'
import type { GrantValues } from './GrantFields.tsx'

type Props = { clientId: string; userId?: string; grant: GrantValues }

/** What a grant of a portal user means, before it is saved; once it names a store and a warehouse. */
export function ClientGrantPreview({ clientId, userId, grant }: Props) {
  const isWhole = grant.role !== '' && grant.stores.length > 0 && grant.warehouses.length > 0
  return (
    <CountedPreview
      asked={isWhole ? { ...grant, ...(userId ? { userId } : {}) } : null}
      name={clientId}
      count={(body, signal) => api('POST /clients/:id/users/preview', { params: { id: clientId }, body, signal })}
    />
  )
}
