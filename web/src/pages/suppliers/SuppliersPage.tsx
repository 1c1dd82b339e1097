import { useLingui } from '@lingui/react/macro'
import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCan } from '../../me.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { ProposalDialog } from './ProposalDialog.tsx'
import { SupplierForm } from './SupplierForm.tsx'
import classes from './SuppliersPage.module.css'
import { SupplierTable } from './SupplierTable.tsx'
import { type Supplier, suppliersQuery } from './useSuppliers.ts'

export default function SuppliersPage() {
  const { t } = useLingui()
  const can = useCan()
  const edits = can('suppliers:edit')
  const [archived, setArchived] = useState(false)
  const [form, setForm] = useState<Supplier | 'new' | null>(null)
  const [proposing, setProposing] = useState(false)
  const { data, error, isPending, isError, refetch } = useQuery(suppliersQuery(archived))
  const propose = edits && can('rules:edit') && (
    <Button variant="default" onClick={() => setProposing(true)}>{t`Propose from tags`}</Button>
  )
  return (
    <>
      <PageHeader
        title={t`Suppliers`}
        explanation={t`Companies that ship for you. Each sees the lines you give it, and nothing else.`}
        action={
          <>
            {propose}
            {edits && <Button onClick={() => setForm('new')}>{t`New supplier`}</Button>}
          </>
        }
      />
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t`Which suppliers`}
          value={archived ? 'archived' : 'active'}
          onChange={(value) => setArchived(value === 'archived')}
          data={[
            { value: 'active', label: t`Active` },
            { value: 'archived', label: t`Archived` },
          ]}
        />
      </div>
      {isPending && <Skeleton lines={8} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data && data.length > 0 && <SupplierTable suppliers={data} onOpen={edits ? setForm : undefined} />}
      {data?.length === 0 && archived && <Empty icon="suppliers" title={t`No supplier is archived`} />}
      {data?.length === 0 && !archived && (
        <Empty icon="suppliers" title={t`No suppliers yet`} action={propose}>
          {t`If your products are tagged supplier:NAME, suppliers and their rules can be made of the tags in one step.`}
        </Empty>
      )}
      {form && <SupplierForm supplier={form === 'new' ? null : form} onClose={() => setForm(null)} />}
      {proposing && <ProposalDialog onClose={() => setProposing(false)} />}
    </>
  )
}
