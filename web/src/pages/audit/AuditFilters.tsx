import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { FilterBar, type FilterField } from '../../ui/filter/FilterBar.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { ProblemText } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { actionName, wayWords } from './entry-words.ts'
import { type AuditSearch, filterOf, sealQuery, ways } from './useAudit.ts'

type Props = { search: AuditSearch; onChange: (change: AuditSearch) => void }

const nothing: AuditSearch = {
  memberId: undefined,
  action: undefined,
  recordId: undefined,
  via: undefined,
  outcome: undefined,
  days: undefined,
  reads: undefined,
}

/** User or key, action, record, way, outcome and period; all of it stands in the address. */
export function AuditFilters({ search, onChange }: Props) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const actors = useQuery({
    queryKey: ['members', 'names'],
    queryFn: async ({ signal }) => {
      const lists = await Promise.all([api('GET /members', { signal }), api('GET /keys', { signal })])
      return lists.flatMap(({ items }) => items.map(({ id, name }) => ({ value: id, label: name })))
    },
    staleTime: 60_000,
  })
  const seal = useQuery(sealQuery)
  const fields: FilterField[] = [
    {
      id: 'memberId',
      label: t`User or key`,
      kind: 'options',
      single: true,
      options: actors.data ?? [],
    },
    {
      id: 'action',
      label: t`Action`,
      kind: 'options',
      single: true,
      options: seal.data?.actions.map((action) => ({ value: action, label: actionName(action) })) ?? [],
    },
    { id: 'recordId', label: t`Record (id)`, kind: 'text' },
    {
      id: 'via',
      label: t`How`,
      kind: 'options',
      single: true,
      options: ways.map((way) => ({ value: way, label: i18n._(wayWords[way]) })),
    },
    {
      id: 'outcome',
      label: t`Outcome`,
      kind: 'options',
      single: true,
      options: [
        { value: 'done', label: t({ message: 'Done', context: 'outcome in the audit log' }) },
        { value: 'refused', label: t`Refused` },
      ],
    },
    { id: 'days', label: t`Day`, kind: 'days', show: format.day },
    {
      id: 'reads',
      label: t`Only reads and exports`,
      kind: 'options',
      single: true,
      options: [{ value: 'yes', label: t`Yes` }],
    },
  ]
  const values = {
    ...Object.fromEntries(
      Object.entries(search).flatMap(([name, value]) => (typeof value === 'string' ? [[name, [value]]] : [])),
    ),
    days: search.days,
  }
  return (
    <FilterBar
      fields={fields}
      values={values}
      onChange={(id, next) => onChange({ [id]: id === 'days' ? next : next?.[0] })}
      onClear={() => onChange(nothing)}
      end={<Export search={search} />}
    />
  )
}

function Export({ search }: { search: AuditSearch }) {
  const { t } = useLingui()
  const [busy, setBusy] = useState(false)
  const download = async () => {
    setBusy(true)
    try {
      saveFile(
        await api('POST /audit/export', { body: filterOf(search) }),
        `audit-log-${new Date().toISOString().slice(0, 10)}.csv`,
      )
    } catch (error) {
      toast.failed(<ProblemText problem={error} />)
    }
    setBusy(false)
  }
  return (
    <Button
      variant="default"
      size="xs"
      loading={busy}
      leftSection={<Icon name="exports" />}
      onClick={() => void download()}
    >
      {t`Export`}
    </Button>
  )
}
