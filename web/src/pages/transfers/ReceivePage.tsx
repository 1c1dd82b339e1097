import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem, api } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { paths } from '../../paths.ts'
import { fieldWords } from '../../ui/field-words.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemNote, ProblemState, Skeleton } from '../../ui/states.tsx'
import { wholeNumber } from './quantities.ts'
import { ScanField } from './ScanField.tsx'
import classes from './TransferPage.module.css'
import { type Transfer, type TransferLine, transferQuery, useTransferStep } from './useTransfers.ts'

const route = getRouteApi('/in/transfers/$transferId/receive')

/** Counting what came, by scanner, by phone or by hand. */
export default function ReceivePage() {
  const { t } = useLingui()
  const { data: transfer, error, isError, refetch } = useQuery(transferQuery(route.useParams().transferId))
  if (isError && !transfer) return <ProblemState problem={error} onRetry={() => void refetch()} />
  if (!transfer) return <Skeleton lines={8} />
  const verifying = transfer.can.receive !== true && transfer.can.verify === true
  const back = <Link {...paths.transfer(transfer.id)}>{t`Transfer ${transfer.number}`}</Link>
  const title = verifying ? t`Verify ${transfer.number}` : t`Receive ${transfer.number}`
  if (transfer.can.receive !== true && !verifying)
    return (
      <>
        <PageHeader back={back} title={title} />
        <Empty icon="check" title={t`There is nothing to receive now`}>
          {t`It has not left yet, or nothing more of it is waited for.`}
        </Empty>
      </>
    )
  return (
    <>
      <PageHeader
        back={back}
        title={title}
        explanation={t`Scan each unit or carton, or write what you counted. What is left open can be received later.`}
      />
      <Counting key={transfer.version} transfer={transfer} verifying={verifying} />
    </>
  )
}

type Count = { good: string; damaged: string }
const nothing: Count = { good: '', damaged: '' }

function Counting({ transfer, verifying }: { transfer: Transfer; verifying: boolean }) {
  const { t, i18n } = useLingui()
  const { number } = useFormat()
  const navigate = useNavigate()
  const step = useTransferStep()
  const [counts, setCounts] = useState<Record<string, Count>>({})
  const [last, setLast] = useState<string>()
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<unknown>()
  const [sent, setSent] = useState<string[]>([])
  const [sending, setSending] = useState(false)
  const openOf = (line: TransferLine) => (verifying ? line.unverified : line.remaining)
  const lines = verifying ? transfer.lines.filter(({ unverified }) => unverified > 0) : transfer.lines
  const countOf = (id: string) => counts[id] ?? nothing
  const set = (id: string, change: Partial<Count>) =>
    setCounts((before) => ({ ...before, [id]: { ...(before[id] ?? nothing), ...change } }))
  const scanned = (line: TransferLine, units: number) => {
    setCounts((before) => {
      const count = before[line.id] ?? nothing
      return { ...before, [line.id]: { ...count, good: String(Number(count.good || 0) + units) } }
    })
    setLast(line.id)
  }
  const wrong = (text: string) => (text === '' || wholeNumber(text, 0) ? undefined : t`A whole number.`)
  const refused = problem instanceof ApiProblem ? problem.errors : []
  /** What the server said of a line, which it names by its place among those that were sent. */
  const refusalOf = (id: string) => {
    const place = sent.indexOf(id)
    const said = place < 0 ? undefined : refused.find(({ field }) => field.startsWith(`lines.${place}.`))?.message
    const words = said && fieldWords(said)
    return words && (typeof words === 'string' ? words : i18n._(words))
  }
  const entered = lines.filter(({ id }) => countOf(id).good !== '' || countOf(id).damaged !== '')
  const valid = entered.every(({ id }) => !wrong(countOf(id).good) && !wrong(countOf(id).damaged))
  const all = () =>
    setCounts(Object.fromEntries(lines.map((line) => [line.id, { good: String(openOf(line)), damaged: '' }])))
  const send = async () => {
    if (!valid || entered.length === 0) return setProblem(null)
    setSending(true)
    setSent(entered.map(({ id }) => id))
    setProblem(undefined)
    const body = {
      lines: entered.map(({ id }) => ({
        lineId: id,
        good: Number(countOf(id).good || 0),
        damaged: Number(countOf(id).damaged || 0),
      })),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    }
    const request = { params: { id: transfer.id }, version: transfer.version, body }
    try {
      await step(
        verifying ? api('POST /transfers/:id/verify', request) : api('POST /transfers/:id/receive', request),
        t`${transfer.number}: what you counted is in stock.`,
      )
      await navigate(paths.transfer(transfer.id))
    } catch (refused) {
      setProblem(refused)
    } finally {
      setSending(false)
    }
  }
  return (
    <div className={classes.narrow}>
      <ScanField lines={lines} onScanned={scanned} />
      <Button variant="default" size="xs" onClick={all}>{t`All of it came, and is good`}</Button>
      <ul className={classes.counts}>
        {lines.map((line) => (
          <li key={line.id} data-last={line.id === last || undefined}>
            <div>
              {line.name}
              <div className={classes.under}>
                {line.sku} · {t`${number(openOf(line))} open`}
              </div>
            </div>
            <TextInput
              label={t`Good`}
              aria-label={t`Good, ${line.sku}`}
              inputMode="numeric"
              value={countOf(line.id).good}
              error={wrong(countOf(line.id).good) ?? refusalOf(line.id)}
              onChange={(event) => set(line.id, { good: event.currentTarget.value })}
            />
            <TextInput
              label={t`Damaged`}
              aria-label={t`Damaged, ${line.sku}`}
              inputMode="numeric"
              value={countOf(line.id).damaged}
              error={wrong(countOf(line.id).damaged)}
              onChange={(event) => set(line.id, { damaged: event.currentTarget.value })}
            />
          </li>
        ))}
      </ul>
      <TextInput
        my="md"
        label={t`Remark`}
        description={t`Why it is more, less or damaged. Both sides read it.`}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {problem === null && <p role="alert">{t`Write what you counted: whole numbers, for at least one line.`}</p>}
      {problem !== undefined && problem !== null && <ProblemNote problem={problem} />}
      <Button loading={sending} onClick={() => void send()}>
        {verifying ? t`Verify` : t`Receive`}
      </Button>
    </div>
  )
}
