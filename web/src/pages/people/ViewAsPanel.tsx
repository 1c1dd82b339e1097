import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField } from '../../ui/form/fields.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { givableRoles } from './givable-roles.ts'
import { ScopeFields } from './grant/ScopeFields.tsx'
import { type ScopeValues, toWanted, unlimited } from './grant/scope.ts'
import classes from './people.module.css'
import { rolesQuery } from './usePeople.ts'
import { useRoleChoices, useSupplierNames } from './useRoleChoices.ts'
import { startView } from './view.ts'

type Values = { role: string; partyId: string | null; scope: ScopeValues }

/** Chooses a role to look as, with what access, and for a supplier's role the company: nobody of it needs to be invited yet. */
export function ViewAsPanel({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const roles = useQuery(rolesQuery)
  const start = ({ role, partyId, scope }: Values) => {
    const isSupplier = roles.data?.items.some(({ slug, audience }) => slug === role && audience === 'supplier')
    if (isSupplier) return startView({ role, ...(partyId ? { partyId } : {}) })
    const { stores, clients, suppliers, warehouses } = toWanted(scope, 'staff')
    return startView({ role, scope: { stores, clients, suppliers, warehouses } })
  }
  return (
    <SidePanel label={t`View as`} title={t`View as`} onClose={onClose}>
      {roles.isPending && <Skeleton lines={6} />}
      {roles.isError && <ProblemState problem={roles.error} onRetry={() => void roles.refetch()} />}
      {roles.data && (
        <Form<Values>
          defaultValues={{ role: '', partyId: null, scope: unlimited }}
          action={t`View as this role`}
          onSubmit={start}
          onCancel={onClose}
        >
          <p className={classes.quiet}>
            <Trans>
              You see what somebody with this role sees, for half an hour, and can change nothing. It is kept in the
              audit log. To look as one person, open that person in the list. Nobody can look as a client.
            </Trans>
          </p>
          <Fields />
        </Form>
      )}
    </SidePanel>
  )
}

function Fields() {
  const { t } = useLingui()
  const items = givableRoles(useQuery(rolesQuery).data?.items ?? [])
  const choices = useRoleChoices(items)
  const chosen = useWatch<Values, 'role'>({ name: 'role' })
  const isSupplier = items.some(({ slug, audience }) => slug === chosen && audience === 'supplier')
  const suppliers = useSupplierNames(isSupplier)
  return (
    <>
      <SelectField name="role" label={t`Role`} data={choices} required />
      {chosen && !isSupplier && <ScopeFields audience="staff" listsOnly />}
      {isSupplier && (
        <SelectField
          name="partyId"
          label={t`Supplier`}
          data={(suppliers.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          required
        />
      )}
    </>
  )
}
