import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { actorName } from '../../components/actors.ts'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import { StatusDot } from '../../components/StatusDot.tsx'
import { useCan } from '../../me.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { ProblemText } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { JobProgress, Took } from './JobProgress.tsx'
import { kindName, lookOf, reasonWords } from './job-words.ts'
import type { Job } from './useJobs.ts'

type Props = { job: Job; onClose: () => void }

/** One job beside the list: how it stands, and what can be done about it. */
export function JobPanel({ job, onClose }: Props) {
  const { t, i18n } = useLingui()
  const { number } = useFormat()
  const can = useCan()
  const title = kindName(job.kind)
  const steers = job.mine || can('jobs:manage') || (job.kind === 'automation.run' && can('rules:run'))
  const steerable = steers && ['queued', 'running', 'set_aside'].includes(job.state)
  const reason = reasonWords(job)
  return (
    <SidePanel label={title} title={title} onClose={onClose} actions={steerable ? <JobActions job={job} /> : undefined}>
      <Section title={t`Job`}>
        <Facts
          facts={[
            [t`State`, <StatusDot key="state" look={lookOf(job)} code={job.state} />],
            [t`Why`, reason && i18n._(reason)],
            [
              t`What it is about`,
              isImport(job) && job.mine && <Link key="about" {...paths.import(job.subjectId!)}>{t`The import`}</Link>,
            ],
            [t`Whose`, job.mine ? t`Yours` : actorName(job.owner ?? '—')],
            [t`How far`, <JobProgress key="progress" job={job} />],
            [t`Attempts`, number(job.attempts)],
            [t`Asked for`, <DateText key="asked" value={job.createdAt} withTime />],
            [t`Begun`, job.startedAt && <DateText value={job.startedAt} withTime />],
            [t`Ended`, job.finishedAt && <DateText value={job.finishedAt} withTime />],
            [t`Took`, <Took key="took" job={job} />],
          ]}
        />
      </Section>
    </SidePanel>
  )
}

const isImport = (job: Job) => job.kind.startsWith('intake.') && job.subjectId !== null

function JobActions({ job }: { job: Job }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const step = async (path: 'POST /jobs/:id/cancel' | 'POST /jobs/:id/retry', done: string) => {
    setBusy(true)
    try {
      await api(path, { params: { id: job.id } })
      toast.done(done)
    } catch (error) {
      toast.failed(<ProblemText problem={error} />)
    }
    setBusy(false)
    await client.invalidateQueries({ queryKey: ['jobs'] })
  }
  const stop = async () => {
    const sure = await confirm({
      title: t`Stop this job?`,
      body: t`What it has done so far stays. It does not go on by itself.`,
      action: t`Stop it`,
    })
    if (sure) await step('POST /jobs/:id/cancel', t`The job is stopped.`)
  }
  return (
    <>
      {job.state === 'set_aside' && (
        <Button loading={busy} onClick={() => void step('POST /jobs/:id/retry', t`The job is tried again.`)}>
          {t`Try again`}
        </Button>
      )}
      <Button variant="default" loading={busy} onClick={() => void stop()}>
        {job.state === 'set_aside' ? t`Give it up` : t`Stop it`}
      </Button>
    </>
  )
}
