import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, apiUrl, type ResponseOf } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import classes from './Imports.module.css'
import { useCause, useReason } from './reason-words.ts'
import { Table } from './Table.tsx'
import type { Import } from './useImport.ts'

type Survey = NonNullable<Import['survey']>

/** What is refused, by cause and row by row, with the file of those rows to correct. */
export function Rejections({ draft, survey }: { draft: Import; survey: Survey }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const [code, setCode] = useState<string>()
  const pages = useInfiniteQuery({
    queryKey: ['imports', draft.id, 'rejections', code],
    queryFn: ({ pageParam, signal }) =>
      api('GET /imports/:id/rejections', { params: { id: draft.id }, query: { code, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
  const counts = new Map<string, number>()
  for (const group of survey.groups) counts.set(group.code, (counts.get(group.code) ?? 0) + group.count)
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Section
      title={t`Rows that are refused: ${number(survey.rejectedRows)}`}
      action={
        <Button
          component="a"
          variant="default"
          href={apiUrl('GET /imports/:id/rejections.csv', { params: { id: draft.id } })}
          download
        >
          {t`Download these rows`}
        </Button>
      }
    >
      <p className={classes.quiet}>
        {t`The rest can be imported without them. Correct them in the downloaded file and import that: what is in stays as it is.`}
      </p>
      <Causes counts={[...counts]} chosen={code} onChoose={setCode} />
      {pages.isError && !pages.data ? (
        <ProblemState problem={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.data ? (
        <RejectionTable rows={rows} />
      ) : (
        <Skeleton lines={5} />
      )}
      {pages.hasNextPage && (
        <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </Section>
  )
}

type CausesProps = {
  counts: [code: string, count: number][]
  chosen: string | undefined
  onChoose: (code: string | undefined) => void
}

/** One button a cause, with how often it is met; pressed, it shows its rows alone. */
function Causes({ counts, chosen, onChoose }: CausesProps) {
  const { t } = useLingui()
  const { number } = useFormat()
  const cause = useCause()
  if (counts.length < 2) return null
  return (
    <ul className={classes.causes} aria-label={t`By cause`}>
      {counts.map(([code, count]) => (
        <li key={code}>
          <button
            type="button"
            aria-pressed={code === chosen}
            onClick={() => onChoose(code === chosen ? undefined : code)}
          >
            <span className={classes.count}>{number(count)}</span> {cause(code)}
          </button>
        </li>
      ))}
    </ul>
  )
}

type Rejection = ResponseOf<'GET /imports/:id/rejections'>['items'][number]

function RejectionTable({ rows }: { rows: Rejection[] }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const sentence = useReason()
  return (
    <Table
      label={t`Rows that are refused`}
      head={
        <>
          <th scope="col" data-align="end">{t`Line`}</th>
          <th scope="col">{t`Column`}</th>
          <th scope="col">{t`Value`}</th>
          <th scope="col">{t`Reason`}</th>
        </>
      }
    >
      {rows.map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row may be refused twice for the same reason
        <tr key={place}>
          <td data-align="end">{number(row.line)}</td>
          <td>{row.heading || '—'}</td>
          <td>
            <span className={classes.cell}>{row.value || '—'}</span>
          </td>
          <td>{sentence(row)}</td>
        </tr>
      ))}
    </Table>
  )
}
