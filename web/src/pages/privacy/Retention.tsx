import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Section } from '../../ui/Section.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { Table } from '../imports/Table.tsx'
import classes from './privacy.module.css'
import { type RetentionRule, retentionQuery } from './privacy.ts'
import { RetentionForm } from './RetentionForm.tsx'
import { retainedWords } from './retention-words.ts'

/** How long what is kept: rules, each for all or for one supplier or store. */
export function Retention() {
  const { t } = useLingui()
  const retention = useQuery(retentionQuery)
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title={t`How long it is kept`}
      action={<Button variant="default" onClick={() => setAdding(true)}>{t`Add a rule`}</Button>}
    >
      <p className={classes.quiet}>
        <Trans>
          So many days after an order has left (a file: after it came), it is replaced by nothing. What no rule names is
          kept.
        </Trans>
      </p>
      {retention.isPending && <Skeleton lines={3} />}
      {retention.isError && !retention.data && (
        <ProblemState problem={retention.error} onRetry={() => void retention.refetch()} />
      )}
      {retention.data?.items.length === 0 && (
        <Empty icon="lock" title={t`Everything is kept without end`}>
          <Trans>Add a rule to let personal data fade once nobody needs it.</Trans>
        </Empty>
      )}
      {retention.data && retention.data.items.length > 0 && <Rules rules={retention.data.items} />}
      {adding && retention.data && (
        <RetentionForm
          stores={retention.data.stores}
          suppliers={retention.data.suppliers}
          onClose={() => setAdding(false)}
        />
      )}
    </Section>
  )
}

function Rules({ rules }: { rules: RetentionRule[] }) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const remove = async ({ id, what }: RetentionRule) => {
    const sure = await confirm({
      title: t`Keep it without end?`,
      body: t`“${i18n._(retainedWords[what])}” will no longer fade by this rule. What has faded does not come back.`,
      action: t`Remove the rule`,
    })
    if (!sure) return
    await api('DELETE /privacy/retention/:id', { params: { id } }).catch(toast.problem)
    await client.invalidateQueries({ queryKey: retentionQuery.queryKey })
  }
  return (
    <Table
      label={t`Rules`}
      head={
        <>
          <th>{t`What`}</th>
          <th>{t`For whom`}</th>
          <th>{t`Kept for`}</th>
          <th>{t`Said by`}</th>
          <th>{t`Actions`}</th>
        </>
      }
    >
      {rules.map((rule) => (
        <tr key={rule.id}>
          <td>{i18n._(retainedWords[rule.what])}</td>
          <td>{[rule.supplier?.name, rule.store?.name].filter(Boolean).join(', ') || t`All`}</td>
          <td>
            <Plural value={rule.days} one="# day" other="# days" />
          </td>
          <td>
            {rule.updatedBy}, <DateText value={rule.updatedAt} />
          </td>
          <td>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t`Remove the rule about: ${i18n._(retainedWords[rule.what])}`}
              onClick={() => void remove(rule)}
            >{t`Remove`}</Button>
          </td>
        </tr>
      ))}
    </Table>
  )
}
