import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { api } from '../../api.ts'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/form/fields.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { ScopeFields } from '../people/grant/ScopeFields.tsx'
import { choicesQuery, type ScopeValues, toWanted, unlimited } from '../people/grant/scope.ts'
import { rolesQuery } from '../people/usePeople.ts'
import { useRoleChoices } from '../people/useRoleChoices.ts'
import classes from './keys.module.css'
import { type NewSecret, toNetworks, useKeysChanged } from './keys.ts'

type Values = { name: string; role: string; partyId: string | null; networks: string; scope: ScopeValues }
type Props = { onClose: () => void; onMade: (secret: NewSecret) => void }

/** Makes a key: what it is called, what it may do, what it reaches, from where and until when. */
export function CreateKeyPanel({ onClose, onMade }: Props) {
  const { t } = useLingui()
  const roles = useQuery(rolesQuery)
  const changed = useKeysChanged()
  const create = async ({ partyId, networks, scope, name, role }: Values) => {
    const audience = roles.data?.items.find(({ slug }) => slug === role)?.audience ?? 'staff'
    const company = audience !== 'staff' && partyId ? { partyId } : {}
    const body = {
      name: name.trim(),
      role,
      ...company,
      scope: toWanted(scope, audience),
      networks: toNetworks(networks),
    }
    const secret = await api('POST /keys', { body })
    await changed()
    onMade(secret)
  }
  return (
    <SidePanel label={t`Create a key`} title={t`Create a key`} onClose={onClose}>
      {roles.isPending && <Skeleton lines={8} />}
      {roles.isError && <ProblemState problem={roles.error} onRetry={() => void roles.refetch()} />}
      {roles.data && (
        <Form<Values>
          defaultValues={{
            name: '',
            role: 'api',
            partyId: null,
            networks: '',
            scope: { ...unlimited, until: aYearFromNow() },
          }}
          action={t`Create the key`}
          onSubmit={create}
          onCancel={onClose}
          guarded
        >
          <p className={classes.quiet}>
            <Trans>
              Whatever its role: a key never manages users, roles or keys, reveals no links, changes no rules and reads
              no audit log.
            </Trans>
          </p>
          <TextField
            name="name"
            label={t`Name`}
            help={t`What it does is recorded under this name, such as “Web shop”.`}
            autoComplete="off"
            autoFocus
            required
          />
          <RoleFields />
          <TextAreaField
            name="networks"
            label={t`Networks`}
            help={t`One a line, such as 203.0.113.0/24. Left empty: it may come from anywhere.`}
            rows={2}
          />
        </Form>
      )}
    </SidePanel>
  )
}

const aYearFromNow = () => {
  const day = new Date()
  day.setFullYear(day.getFullYear() + 1)
  return day.toISOString().slice(0, 10)
}

/** The role, whose company it is where that is asked, and what it reaches. */
function RoleFields() {
  const { t } = useLingui()
  const roles = useQuery(rolesQuery)
  const choices = useQuery(choicesQuery)
  const { role, partyId } = useWatch<Values>() as Values
  const items = roles.data?.items ?? []
  const roleChoices = useRoleChoices(items)
  const audience = items.find(({ slug }) => slug === role)?.audience ?? 'staff'
  const companies = audience === 'client' ? choices.data?.clients : choices.data?.suppliers
  return (
    <>
      <SelectField name="role" label={t`Role`} data={roleChoices} required />
      {audience !== 'staff' && (
        <SelectField
          name="partyId"
          label={audience === 'client' ? t`Client` : t`Supplier`}
          data={(companies ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          required
        />
      )}
      <ScopeFields key={audience} audience={audience} partyId={partyId} ofKey />
    </>
  )
}
