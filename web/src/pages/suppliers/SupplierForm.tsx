import { useLingui } from '@lingui/react/macro'
import { Button, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { type Language, languages } from '../../i18n.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { toast } from '../../ui/toast.ts'
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
  const save = async ({ name, email, locale }: Values) => {
    const body = { name, locale, email: email.trim() || null }
    if (supplier) {
      const { id, version } = supplier
      await api('PATCH /suppliers/:id', { params: { id }, body: { ...body, version } })
    } else await api('POST /suppliers', { body })
    await done(supplier ? t`${name} is changed.` : t`${name} was created.`)
  }
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
      await api('PATCH /suppliers/:id', { params: { id: who.id }, body: { archived: !who.archived } })
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
        defaultValues={{
          name: supplier?.name ?? '',
          email: supplier?.email ?? '',
          locale: supplier?.locale ?? 'en',
        }}
        onSubmit={save}
        action={supplier ? t`Save` : t`Create supplier`}
        onCancel={onClose}
      >
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
