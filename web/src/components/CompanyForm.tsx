import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { type Language, languages } from '../i18n.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { FormConflicts } from '../ui/form/Conflicts.tsx'
import { Form } from '../ui/form/Form.tsx'
import { SelectField, TextField } from '../ui/form/fields.tsx'
import { useEdit } from '../ui/form/useEdit.ts'

type Values = { name: string; email: string; locale: Language }
type Body = { name: string; email: string | null; locale: Language }
type Props = {
  /** Null: one is made. */
  company: (Body & { version: number }) | null
  /** What a new one is called, and the button that makes it. */
  words: { title: string; create: string }
  help: { email: string; locale?: string }
  create: (body: Body) => Promise<void>
  change: (edited: Partial<Body>, version: number) => Promise<unknown>
  onChanged: (name: string) => Promise<void>
  onClose: () => void
  /** What stands below the form. */
  children?: ReactNode
}

/** A company that the account works with, a client or a supplier: how it is called and written to. */
export function CompanyForm({ company, words, help, create, change, onChanged, onClose, children }: Props) {
  const { t, i18n } = useLingui()
  const begun: Values = {
    name: company?.name ?? '',
    email: company?.email ?? '',
    locale: company?.locale ?? (i18n.locale as Language),
  }
  const { conflicts, save } = useEdit(company?.version ?? 0, begun, (value) => value ?? '')
  const submit = async (values: Values) => {
    if (!company) return await create({ ...values, email: values.email.trim() || null })
    const saved = await save(values, ({ email, ...edited }, version) =>
      change(email === undefined ? edited : { ...edited, email: String(email).trim() || null }, version),
    )
    if (saved) await onChanged(values.name)
  }
  const labels: Record<string, string> = { name: t`Name`, email: t`E-mail`, locale: t`Language` }
  return (
    <Dialog title={company?.name ?? words.title} onClose={onClose}>
      <Form<Values>
        defaultValues={begun}
        onSubmit={submit}
        action={company ? t`Save` : words.create}
        onCancel={onClose}
      >
        <FormConflicts
          conflicts={conflicts}
          label={(path) => labels[path] ?? path}
          shown={(value, path) => (path === 'locale' ? languages[value as Language] : String(value))}
        />
        <TextField name="name" label={t`Name`} required maxLength={200} data-autofocus />
        <TextField name="email" label={t`E-mail`} type="email" maxLength={254} help={help.email} />
        <SelectField
          name="locale"
          label={t`Language`}
          help={help.locale}
          required
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        />
      </Form>
      {children}
    </Dialog>
  )
}
