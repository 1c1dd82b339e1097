import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Modal, Progress } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { Empty, ProblemNote, ProblemState, Skeleton } from '../../ui/states.tsx'
import classes from './Rules.module.css'

/** What the rules would do with the open orders, then the run itself with its progress; it goes on when this is closed. */
export function RunDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const [jobId, setJobId] = useState<string | null>(null)
  const preview = useQuery({
    queryKey: ['rules', 'preview'],
    queryFn: ({ signal }) => api('POST /rules/preview', { signal }),
    gcTime: 0,
    enabled: jobId === null,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t`Run the rules on open orders`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {jobId && <Running jobId={jobId} onClose={onClose} />}
      {!jobId && preview.isPending && <Skeleton lines={6} />}
      {!jobId && preview.isError && <ProblemState problem={preview.error} onRetry={() => void preview.refetch()} />}
      {!jobId && preview.data && <Preview {...preview.data} onStarted={setJobId} onClose={onClose} />}
    </Modal>
  )
}

type PreviewProps = {
  of: number
  capped: boolean
  rules: { id: string; name: string; orders: number; lines: number }[]
  onStarted: (jobId: string) => void
  onClose: () => void
}

function Preview({ of, capped, rules, onStarted, onClose }: PreviewProps) {
  const { t } = useLingui()
  const { number } = useFormat()
  const acting = rules.filter(({ orders }) => orders > 0)
  const lines = acting.reduce((sum, rule) => sum + rule.lines, 0)
  const run = useMutation({
    mutationFn: () => api('POST /rules/run'),
    onSuccess: ({ jobId }) => onStarted(jobId),
  })
  if (acting.length === 0) {
    return (
      <Empty
        icon="check"
        title={t`There is nothing to do`}
        action={<Button variant="default" onClick={onClose}>{t`Close`}</Button>}
      >
        <Plural
          value={of}
          one="The rules were tried on # open order: what they would assign is assigned already."
          other="The rules were tried on # open orders: what they would assign is assigned already."
        />
      </Empty>
    )
  }
  return (
    <>
      {run.isError && <ProblemNote problem={run.error} />}
      <p className={classes.quiet}>
        {capped ? (
          <Trans>Tried on the first {number(of)} open orders; the run looks at all of them.</Trans>
        ) : (
          <Plural value={of} one="Tried on # open order." other="Tried on # open orders." />
        )}{' '}
        {t`What is assigned already stays where it is, and so does what a person took back. No mail is sent.`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <section className={classes.scroll} aria-label={t`What would be done`} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t`Rule`}</th>
              <th data-number>{t`Orders`}</th>
              <th data-number>{t`Lines to assign`}</th>
            </tr>
          </thead>
          <tbody>
            {acting.map((rule) => (
              <tr key={rule.id}>
                <td>{rule.name}</td>
                <td data-number>{number(rule.orders)}</td>
                <td data-number>{number(rule.lines)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className={classes.foot}>
        <Button loading={run.isPending} onClick={() => run.mutate()}>
          {lines > 0 ? <Plural value={lines} one="Assign # line" other="Assign # lines" /> : t`Run the rules`}
        </Button>
        <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
      </div>
    </>
  )
}

const ended = ['done', 'failed', 'cancelled', 'set_aside']

function Running({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const client = useQueryClient()
  const job = useQuery({
    queryKey: ['jobs', jobId],
    queryFn: ({ signal }) => api('GET /jobs/:id', { params: { id: jobId }, signal }),
    refetchInterval: ({ state }) => (ended.includes(state.data?.state ?? '') ? false : 700),
  })
  const state = job.data?.state ?? 'queued'
  const over = ended.includes(state)
  useEffect(() => {
    if (!over) return
    for (const key of ['rules', 'orders', 'suppliers']) void client.invalidateQueries({ queryKey: [key] })
  }, [over, client])
  const done = job.data?.done ?? 0
  const total = job.data?.total ?? 0
  const failed = t`It failed. Orders looked at: ${number(done)}. What was assigned stays assigned; run it again.`
  const words = {
    queued: t`Waiting for its turn`,
    running: t`${number(done)} of ${number(total)} orders`,
    done: t`Done. Orders looked at: ${number(done)}.`,
    cancelled: t`Stopped after ${number(done)} of ${number(total)} orders. What was assigned stays assigned.`,
    failed,
    set_aside: failed,
  }
  return (
    <>
      <Progress value={state === 'done' ? 100 : total ? (100 * done) / total : 0} aria-label={t`Progress`} />
      <p role="status">{words[state]}</p>
      <div className={classes.foot}>
        <Button variant={over ? 'filled' : 'default'} onClick={onClose}>
          {over ? t`Close` : t`Go on in the background`}
        </Button>
        {!over && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => void api('POST /jobs/:id/cancel', { params: { id: jobId } }).catch(() => undefined)}
          >{t`Stop`}</Button>
        )}
      </div>
    </>
  )
}
