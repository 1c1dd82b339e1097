import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, useLingui } from '@lingui/react/macro'
import { Button, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { useCan, useMe } from '../../me.ts'
import { ProblemNote } from '../../ui/states.tsx'
import { CarrierInput } from './CarrierInput.tsx'
import { costOf } from './CostField.tsx'
import { lastCarrier, rememberCarrier } from './carriers.ts'
import { parseTracking } from './parse-tracking.ts'
import classes from './TrackingDialog.module.css'
import { useRefreshOrders } from './useFulfillment.ts'
import { useRefreshQueue } from './useQueue.ts'

type Answer = ResponseOf<'POST /queue/ship'>['rows'][number]

const words: Record<Answer['result'], MessageDescriptor> = {
  done: msg`Shipped`,
  already_done: msg`Was shipped with this tracking before`,
  unknown: msg`Not in your queue`,
  ambiguous: msg`Several have this number: ship them one by one`,
  already_shipped: msg`Was shipped with another tracking`,
  held: msg`On hold`,
  not_in_stock: msg`Not enough of it in stock`,
  not_possible: msg`Rejected or cancelled`,
  no_tracking: msg`No tracking number`,
}

const unknownHere = msg`No such number`

/** Many at once: two columns pasted from a spreadsheet, read back before they are sent, answered row by row. */
export function TrackingDialog({ house = false, onClose }: { house?: boolean; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const refreshQueue = useRefreshQueue()
  const refreshOrders = useRefreshOrders()
  const priced = useCan()('shipping-costs:read') && house
  const { currency } = useMe().account
  const [text, setText] = useState('')
  const [carrier, setCarrier] = useState(lastCarrier)
  const [answers, setAnswers] = useState<Answer[] | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [missing, setMissing] = useState(false)
  const [noAmount, setNoAmount] = useState('')
  const [busy, setBusy] = useState(false)
  const rows = parseTracking(text)
  const send = async () => {
    setMissing(!carrier.trim())
    if (!carrier.trim() || rows.length === 0) return
    const unread = priced && rows.find(({ cost }) => Number.isNaN(costOf(cost, currency)?.amount))
    setNoAmount(unread ? unread.cost : '')
    if (unread) return
    setBusy(true)
    setProblem(null)
    try {
      const sent = rows.slice(0, 500).map(({ number, trackingNumber, cost }) => ({
        number,
        trackingNumber,
        ...(priced && costOf(cost, currency) ? { cost: costOf(cost, currency)! } : {}),
      }))
      const { rows: answered } = house
        ? await api('POST /fulfillment-orders/ship', { body: { carrier, rows: sent } })
        : await api('POST /queue/ship', { body: { carrier, rows: sent } })
      rememberCarrier(carrier.trim())
      setAnswers(answered)
      // What went through is taken away; what did not stays to be corrected.
      const left = answered.filter(({ result }) => result !== 'done' && result !== 'already_done')
      setText(left.map((row) => `${row.number}\t${row.trackingNumber}`).join('\n'))
    } catch (error) {
      setProblem(error)
    }
    setBusy(false)
    await (house ? refreshOrders() : refreshQueue())
  }
  const shipped = answers?.filter(({ result }) => result === 'done').length ?? 0
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t`Enter tracking numbers`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className={classes.paste}>
        {problem !== null && <ProblemNote problem={problem} />}
        <CarrierInput
          label={t`Carrier`}
          value={carrier}
          onChange={(event) => setCarrier(event.currentTarget.value)}
          error={missing && t`Name the carrier.`}
        />
        <Textarea
          label={
            priced
              ? t`Three columns: number, tracking number, carrier cost in ${currency}`
              : t`Two columns: number and tracking number`
          }
          error={noAmount && t`${noAmount} is not an amount.`}
          description={t`Paste them from a spreadsheet, one order a row. Up to 500 at once.`}
          placeholder={priced ? '10248\tJD014600003828\t5.90' : '10248\tJD014600003828'}
          rows={6}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setAnswers(null)
          }}
          data-autofocus
        />
        <p role="status" className={classes.summary}>
          {answers && (
            <Plural value={shipped} _0="Nothing was shipped." one="# marked as shipped." other="# marked as shipped." />
          )}
          {!answers && rows.length > 0 && <Plural value={rows.length} one="# row" other="# rows" />}
        </p>
        {answers ? (
          <Preview
            rows={answers}
            last={t`Result`}
            cell={({ result }) => i18n._(house && result === 'unknown' ? unknownHere : words[result])}
          />
        ) : (
          rows.length > 0 && <Preview rows={rows} />
        )}
        <div className={classes.buttons}>
          <Button loading={busy} onClick={() => void send()}>
            {t`Mark as shipped`}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t`Close`}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

type PreviewProps<R> = { rows: R[]; last?: string; cell?: (row: R) => string }

function Preview<R extends { number: string; trackingNumber: string }>({ rows, last, cell }: PreviewProps<R>) {
  const { t } = useLingui()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.preview} tabIndex={0} aria-label={t`What was read`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t`Number`}</th>
            <th scope="col">{t`Tracking number`}</th>
            {last && <th scope="col">{last}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same number may stand there twice
            <tr key={index}>
              <td>{row.number}</td>
              <td>{row.trackingNumber || '—'}</td>
              {cell && <td>{cell(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
