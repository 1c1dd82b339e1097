import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { CompanyForm } from '../../components/CompanyForm.tsx'
import { paths } from '../../paths.ts'
import { toast } from '../../ui/toast.ts'
import { type Client, useClientsChanged } from './useClients.ts'

/** Creates a client, or changes how it is called and written to. */
export function ClientForm({ client, onClose }: { client: Client | null; onClose: () => void }) {
  const { t } = useLingui()
  const changed = useClientsChanged()
  const navigate = useNavigate()
  return (
    <CompanyForm
      company={client}
      words={{ title: t`New client`, create: t`Create client` }}
      help={{
        email: t`Of the company. Its people are invited apart, each with an address of his own.`,
        locale: t`Invitations go out in it.`,
      }}
      create={async (body) => {
        const { id } = await api('POST /clients', { body })
        await changed()
        toast.done(t`${body.name} was created.`)
        await navigate(paths.client(id, 'stores'))
      }}
      change={(body, version) => api('PATCH /clients/:id', { params: { id: client!.id }, version, body })}
      onChanged={async (name) => {
        await changed()
        toast.done(t`${name} is changed.`)
        onClose()
      }}
      onClose={onClose}
    />
  )
}
