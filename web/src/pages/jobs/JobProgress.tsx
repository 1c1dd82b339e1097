import { useLingui } from '@lingui/react/macro'
import { useFormat } from '../../components/format.ts'
import classes from './Jobs.module.css'
import type { Job } from './useJobs.ts'

/** How far a job is: a bar where it knows the end, the figure else. */
export function JobProgress({ job }: { job: Job }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const { done, total, state } = job
  if (!total) return <span className="number">{done > 0 ? number(done) : '—'}</span>
  return (
    <span className={classes.progress}>
      {state !== 'done' && <progress value={done} max={total} aria-label={t`Progress`} />}
      <span className="number">{state === 'done' ? number(done) : t`${number(done)} of ${number(total)}`}</span>
    </span>
  )
}

/** How long it took, or takes so far. */
export function Took({ job }: { job: Job }) {
  const { t } = useLingui()
  const { number } = useFormat()
  if (!job.startedAt || job.state === 'queued') return <>—</>
  const until = job.finishedAt ? Date.parse(job.finishedAt) : Date.now()
  const seconds = Math.max(0, Math.round((until - Date.parse(job.startedAt)) / 1000))
  return (
    <span className="number">
      {seconds < 120 ? t`${number(seconds)} s` : t`${number(Math.round(seconds / 60))} min`}
    </span>
  )
}
