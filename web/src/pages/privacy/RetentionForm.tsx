import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { type RetentionRule, retentionQuery } from './privacy.ts'
import { retainedWords } from './retention-words.ts'

type Values = { what: RetentionRule['what']; supplierId: string | null; storeId: string | null; days: string }
type Named = { id: string; name: string }
type Props = { stores: Named[]; suppliers: Named[]; onClose: () => void }

export function RetentionForm({ stores, suppliers, onClose }: Props) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const keep = async ({ what, supplierId, storeId, days }: Values) => {
    const body = {
      what,
      days: Number(days),
      ...(supplierId && what === 'supplier_copy' ? { supplierId } : {}),
      ...(storeId && what !== 'import_file' ? { storeId } : {}),
    }
    await api('POST /privacy/retention', { body })
    await client.invalidateQueries({ queryKey: retentionQuery.queryKey })
    toast.done(t`The rule counts from today.`)
    onClose()
  }
  return (
    <Dialog title={t`Add a rule`} onClose={onClose}>
      <Form<Values>
        defaultValues={{ what: 'supplier_copy', supplierId: null, storeId: null, days: '90' }}
        action={t`Keep the rule`}
        onSubmit={keep}
        onCancel={onClose}
      >
        <SelectField
          name="what"
          label={t`What`}
          data={Object.entries(retainedWords).map(([value, label]) => ({ value, label: i18n._(label) }))}
          required
        />
        <ForWhom stores={stores} suppliers={suppliers} />
        <TextField
          name="days"
          label={t`Days`}
          help={t`After the order has left; for files, after they came.`}
          inputMode="numeric"
          rules={{
            validate: (days) => (/^\d+$/.test(days) && +days >= 1 && +days <= 3650) || t`Between 1 and 3650 days.`,
          }}
          required
        />
      </Form>
    </Dialog>
  )
}

/** A supplier for what suppliers have, a store for all but files. */
function ForWhom({ stores, suppliers }: Pick<Props, 'stores' | 'suppliers'>) {
  const { t } = useLingui()
  const what = useWatch<Values, 'what'>({ name: 'what' })
  const options = (items: Named[]) => items.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      {what === 'supplier_copy' && (
        <SelectField
          name="supplierId"
          label={t`Supplier`}
          help={t`Left out: every supplier.`}
          data={options(suppliers)}
          searchable
        />
      )}
      {what !== 'import_file' && (
        <SelectField
          name="storeId"
          label={t`Store`}
          help={t`Left out: every store.`}
          data={options(stores)}
          searchable
        />
      )}
    </>
  )
}
