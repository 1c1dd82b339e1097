import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCan } from '../../me.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { RuleEditor } from './RuleEditor.tsx'
import { RuleList } from './RuleList.tsx'
import { RunDialog } from './RunDialog.tsx'
import { type Rule, rulesQuery } from './useRules.ts'

export default function RulesPage() {
  const { t } = useLingui()
  const can = useCan()
  const { data, error, isPending, isError, refetch } = useQuery(rulesQuery)
  const [editing, setEditing] = useState<Rule | 'new' | null>(null)
  const [running, setRunning] = useState(false)
  const edits = can('rules:edit')
  const create = <Button onClick={() => setEditing('new')}>{t`New rule`}</Button>
  return (
    <>
      <PageHeader
        title={t`Rules`}
        explanation={t`Run from top to bottom when an order arrives, and on all open orders when you say so.`}
        action={
          <>
            {can('rules:run') && data && data.items.length > 0 && (
              <Button variant="default" onClick={() => setRunning(true)}>{t`Run now`}</Button>
            )}
            {edits && create}
          </>
        }
      />
      {isPending && <Skeleton lines={8} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data && data.items.length > 0 && <RuleList rules={data} onEdit={edits ? setEditing : undefined} />}
      {data?.items.length === 0 && (
        <Empty icon="rules" title={t`No rules yet`}>
          {t`A rule assigns lines to suppliers by itself: “if any line is tagged X, assign those lines to supplier X”. Under Suppliers, rules can be made of the tags of your products in one step.`}
        </Empty>
      )}
      {editing && data && (
        <RuleEditor rule={editing === 'new' ? null : editing} names={data} onClose={() => setEditing(null)} />
      )}
      {running && <RunDialog onClose={() => setRunning(false)} />}
    </>
  )
}
