import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { CompanyForm } from '../../components/CompanyForm.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { toast } from '../../ui/toast.ts'
import { RecordHistory } from '../audit/RecordHistory.tsx'
import classes from './SuppliersPage.module.css'
import type { Supplier } from './useSuppliers.ts'

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
    <CompanyForm
      company={supplier}
      words={{ title: t`New supplier`, create: t`Create supplier` }}
      help={{
        email: t`Where files and notices for the supplier go. A login is not needed; you invite its users apart.`,
      }}
      create={async (body) => {
        await api('POST /suppliers', { body })
        await done(t`${body.name} was created.`)
      }}
      change={(body, version) => api('PATCH /suppliers/:id', { params: { id: supplier!.id }, version, body })}
      onChanged={(name) => done(t`${name} is changed.`)}
      onClose={onClose}
    >
      {supplier && (
        <>
          <RecordHistory kind="supplier" id={supplier.id} />
          <div className={classes.foot}>
            <Button variant="subtle" color={supplier.archived ? 'teal' : 'red'} onClick={() => void archive(supplier)}>
              {supplier.archived ? t`Take back from the archive` : t`Archive`}
            </Button>
          </div>
        </>
      )}
    </CompanyForm>
  )
}
