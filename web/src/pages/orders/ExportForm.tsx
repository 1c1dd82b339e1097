import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox, Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { useMe } from '../../me.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { ProblemNote, ProblemState, Skeleton } from '../../ui/states.tsx'
import { ExportColumns } from './ExportColumns.tsx'
import classes from './ExportForm.module.css'
import { ExportPresets } from './ExportPresets.tsx'
import { type ColumnChoice, choiceOf } from './export-choice.ts'
import { type OrdersSearch, orderFilter } from './search.ts'

type Props = { search: OrdersSearch; onClose: () => void }
type Choices = ResponseOf<'GET /orders/export-presets'>

/** Takes what the list shows now into a file: which columns, in which order, under which headings. */
export default function ExportForm({ search, onClose }: Props) {
  const { t } = useLingui()
  const choices = useQuery({
    queryKey: ['orders', 'export-presets'],
    queryFn: ({ signal }) => api('GET /orders/export-presets', { signal }),
  })
  return (
    <Dialog wide title={t`Export orders`} onClose={onClose}>
      {choices.isPending && <Skeleton lines={8} />}
      {choices.isError && <ProblemState problem={choices.error} onRetry={() => void choices.refetch()} />}
      {choices.data && <Choose search={search} choices={choices.data} onClose={onClose} />}
    </Dialog>
  )
}

function Choose({ search, choices, onClose }: Props & { choices: Choices }) {
  const { t, i18n } = useLingui()
  const ofHouse = useMe().audience === 'staff'
  const language = i18n.locale === 'fr' ? 'fr' : 'en'
  const [columns, setColumns] = useState<ColumnChoice[]>(() => choiceOf(choices.columns, language))
  const [separator, setSeparator] = useState<'comma' | 'semicolon'>(language === 'fr' ? 'semicolon' : 'comma')
  const [onlyMatchingLines, setOnlyMatching] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const filter = orderFilter(search)
  const tag = search.productTagLines === 'none' ? undefined : search.productTag
  const chosen = columns
    .filter(({ on }) => on)
    .map(({ key, heading }) => ({ key, heading: heading.trim() || undefined }))
  const download = async () => {
    setBusy(true)
    setProblem(null)
    const wish = { filter, columns: chosen, separator, language, sort: search.sort, onlyMatchingLines } as const
    try {
      saveFile(
        await api('POST /orders/export', { body: { ...wish, onlyMatchingLines: Boolean(tag) && onlyMatchingLines } }),
        `orders-${new Date().toISOString().slice(0, 10)}.csv`,
      )
      onClose()
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={classes.export}>
      {problem !== null && <ProblemNote problem={problem} />}
      <HowMany search={search} />
      {ofHouse && (
        <ExportPresets
          presets={choices.presets}
          columns={chosen}
          onTake={(preset) => setColumns(choiceOf(choices.columns, language, preset))}
        />
      )}
      <ExportColumns columns={columns} onChange={setColumns} />
      {tag && (
        <Checkbox
          label={t`Of mixed orders, only the lines tagged ${tag}`}
          checked={onlyMatchingLines}
          onChange={(event) => setOnlyMatching(event.currentTarget.checked)}
        />
      )}
      <Radio.Group
        label={t`The spreadsheet expects`}
        value={separator}
        onChange={(value) => setSeparator(value as typeof separator)}
      >
        <div className={classes.options}>
          <Radio size="xs" value="comma" label={t`Commas, and 1234.50`} />
          <Radio size="xs" value="semicolon" label={t`Semicolons, and 1234,50 (French Excel)`} />
        </div>
      </Radio.Group>
      <div className={classes.actions}>
        <Button loading={busy} disabled={chosen.length === 0} onClick={() => void download()}>{t`Download CSV`}</Button>
        <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
      </div>
    </div>
  )
}

function HowMany({ search }: { search: OrdersSearch }) {
  const filter = orderFilter(search)
  const { number } = useFormat()
  const { data } = useQuery({
    queryKey: ['orders', 'count', filter],
    queryFn: ({ signal }) => api('GET /orders/count', { query: filter, signal }),
  })
  if (!data) return <p className={classes.scope}>&nbsp;</p>
  const shown = number(data.value)
  return (
    <p className={classes.scope}>
      {data.capped ? (
        <Trans>
          More than {shown} orders match the list's search and filters. The file has one row for each order line.
        </Trans>
      ) : (
        <Trans>
          <Plural value={data.value} one="# order matches" other="# orders match" /> the list's search and filters. The
          file has one row for each order line.
        </Trans>
      )}
    </p>
  )
}
