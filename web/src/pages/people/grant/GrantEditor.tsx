import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { api } from '../../../api.ts'
import { useRoleName } from '../../../components/roles.ts'
import { Form } from '../../../ui/form/Form.tsx'
import { SelectField } from '../../../ui/form/fields.tsx'
import { ProblemState, Skeleton } from '../../../ui/states.tsx'
import { toast } from '../../../ui/toast.ts'
import { type Person, rolesQuery, usePeopleChanged } from '../usePeople.ts'
import { GrantPreview } from './GrantPreview.tsx'
import classes from './grant.module.css'
import { ScopeFields } from './ScopeFields.tsx'
import { ScopeSummary } from './ScopeSummary.tsx'
import { type Audience, type ScopeValues, toValues, toWanted } from './scope.ts'

type Values = { role: string; scope: ScopeValues }

/** The grant of somebody: read, and changed where the reader may; what a change means is shown before it is saved. */
export function GrantEditor({ person, name, changeable }: { person: Person; name: string; changeable: boolean }) {
  const { t } = useLingui()
  const roleName = useRoleName()
  const [isOpen, setOpen] = useState(false)
  if (isOpen) return <GrantForm person={person} name={name} onClose={() => setOpen(false)} />
  return (
    <div className={classes.summary}>
      <div>{roleName(person.role)}</div>
      <ScopeSummary scope={person.scope} audience={person.audience} />
      {changeable && (
        <Button className={classes.more} variant="default" size="xs" onClick={() => setOpen(true)}>
          {t`Change role and access`}
        </Button>
      )}
    </div>
  )
}

function GrantForm({ person, name, onClose }: { person: Person; name: string; onClose: () => void }) {
  const { t } = useLingui()
  const roleName = useRoleName()
  const changed = usePeopleChanged()
  const roles = useQuery(rolesQuery)
  if (roles.isPending) return <Skeleton lines={6} />
  if (roles.isError) return <ProblemState problem={roles.error} onRetry={() => void roles.refetch()} />
  const audience = roles.data.items.find(({ slug }) => slug === person.role.slug)?.audience ?? 'staff'
  const choices = roles.data.items.filter((role) => role.audience === audience && role.slug !== 'api')
  const save = async ({ role, scope }: Values) => {
    try {
      await api('PATCH /members/:id', {
        params: { id: person.id },
        version: person.version,
        body: { role, scope: toWanted(scope, audience) },
      })
      toast.done(t`The access of ${name} is changed. It counts at once.`)
      onClose()
    } finally {
      await changed()
    }
  }
  return (
    <Form<Values>
      defaultValues={{ role: person.role.slug, scope: toValues(person.scope) }}
      action={t`Save the access`}
      onSubmit={save}
      onCancel={onClose}
      guarded
    >
      <SelectField
        name="role"
        label={t`Role`}
        data={choices.map((role) => ({ value: role.slug, label: roleName(role) }))}
        required
      />
      <ScopeFields audience={audience} partyId={person.party?.id ?? null} />
      <Preview memberId={person.id} audience={audience} />
    </Form>
  )
}

function Preview({ memberId, audience }: { memberId: string; audience: Audience }) {
  const { role, scope } = useWatch<Values>() as Values
  return <GrantPreview asked={{ memberId, role, scope: toWanted(scope, audience) }} />
}
