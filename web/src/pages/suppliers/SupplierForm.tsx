import { useLingui } from '@lingui/react/macro'
import { Button, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { type Language, languages } from '../../i18n.ts'
import { confirm } from '../../ui/confirm.tsx'
import { FormConflicts } from '../../ui/form/Conflicts.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { useEdit } from '../../ui/form/useEdit.ts'
import { toast } from '../../ui/toast.ts'
import { RecordHistory } from '../audit/RecordHistory.tsx'
import classes from './SuppliersPage.module.css'
import type { Supplier } from './useSuppliers.ts'

type Values = { name: string; email: string; locale: Language }

/** Creates a supplier, changes one, archives it and takes it back. */
export function SupplierForm({ supplier, onClose }: { supplier: Supplier | null; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const done = async (sentence: string) => {
    await client.invalidateQueries({ queryKey: ['suppliers'] })
    await client.invalidateQueries({ queryKey: ['rules'] })
    toast.done(sentence)
    onClose()
  }
  const begun: Values = {
    name: supplier?.name ?? '',
    email: supplier?.email ?? '',
    locale: supplier?.locale ?? 'en',
  }
  const { conflicts, save } = useEdit(supplier?.version ?? 0, begun, (value) => value ?? '')
  const toBody = ({ email, ...rest }: Partial<Values>) => ({
    ...rest,
    ...(email === undefined ? {} : { email: email.trim() || null }),
  })
  const submit = async (values: Values) => {
    const { name } = values
    if (!supplier) {
      await api('POST /suppliers', { body: { ...toBody(values), name } })
      return await done(t`${name} was created.`)
    }
    const saved = await save(values, (changed, version) =>
      api('PATCH /suppliers/:id', { params: { id: supplier.id }, version, body: toBody(changed) }),
    )
    if (saved) await done(t`${name} is changed.`)
  }
  const labels: Record<string, string> = { name: t`Name`, email: t`E-mail`, locale: t`Language` }
  const archive = async (who: Supplier) => {
    const asked =
      who.archived ||
      (await confirm({
        title: t`Archive ${who.name}?`,
        body: t`Its users are refused from their next request on, and rules no longer assign to it. What it has to ship stays with it. You can take it back.`,
        action: t`Archive`,
        danger: true,
      }))
    if (!asked) return
    try {
      await api('PATCH /suppliers/:id', {
        params: { id: who.id },
        version: who.version,
        body: { archived: !who.archived },
      })
      await done(who.archived ? t`${who.name} is active again.` : t`${who.name} is archived.`)
    } catch {
      toast.failed(t`${who.name} could not be changed. Try again in a moment.`)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={supplier ? supplier.name : t`New supplier`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Form<Values>
        defaultValues={begun}
        onSubmit={submit}
        action={supplier ? t`Save` : t`Create supplier`}
        onCancel={onClose}
      >
        <FormConflicts
          conflicts={conflicts}
          label={(path) => labels[path] ?? path}
          shown={(value, path) => (path === 'locale' ? languages[value as Language] : String(value))}
        />
        <TextField name="name" label={t`Name`} required maxLength={200} data-autofocus />
        <TextField
          name="email"
          label={t`E-mail`}
          type="email"
          maxLength={254}
          help={t`Where files and notices for the supplier go. A login is not needed; you invite its users apart.`}
        />
        <SelectField
          name="locale"
          label={t`Language`}
          required
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        />
      </Form>
      {supplier && <RecordHistory kind="supplier" id={supplier.id} />}
      {supplier && (
        <div className={classes.foot}>
          <Button variant="subtle" color={supplier.archived ? 'teal' : 'red'} onClick={() => void archive(supplier)}>
            {supplier.archived ? t`Take back from the archive` : t`Archive`}
          </Button>
        </div>
      )}
    </Modal>
  )
}
