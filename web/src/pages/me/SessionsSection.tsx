import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { portal } from '../../portal.ts'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { deviceName } from './device-name.ts'
import classes from './me.module.css'

/** Where I am signed in; what I do not know, I end. */
export function SessionsSection() {
  const { t } = useLingui()
  const client = useQueryClient()
  const sessions = useQuery({
    queryKey: ['me', 'sessions'],
    queryFn: ({ signal }) => api('GET /me/sessions', { signal }),
  })
  const end = async (work: Promise<unknown>, done: string) => {
    await work.then(() => toast.done(done), toast.problem)
    await client.invalidateQueries({ queryKey: ['me', 'sessions'] })
  }
  const others = sessions.data?.items.filter(({ current }) => !current) ?? []
  return (
    <Section
      title={t`Sessions`}
      action={
        others.length > 0 && (
          <Button
            variant="default"
            size="xs"
            onClick={() => void end(api('DELETE /me/sessions'), t`All your other sessions have ended.`)}
          >{t`End all others`}</Button>
        )
      }
    >
      {sessions.isPending && <Skeleton lines={3} />}
      {sessions.isError && <ProblemState problem={sessions.error} onRetry={() => void sessions.refetch()} />}
      <ul className={classes.list} aria-label={t`Sessions`}>
        {sessions.data?.items.map((session) => {
          const name = deviceName(session.agent)
          return (
            <li key={session.id}>
              <div>
                {name}
                {session.current && <strong> · {t`this one`}</strong>}
                <small>
                  <Trans>
                    {portal?.name ?? session.accountName} · {session.address ?? '—'} · since{' '}
                    <DateText value={session.createdAt} withTime /> · last seen{' '}
                    <DateText value={session.seenAt} withTime />
                  </Trans>
                </small>
              </div>
              {!session.current && (
                <Button
                  variant="default"
                  size="xs"
                  aria-label={t`End the session ${name}`}
                  onClick={() =>
                    void end(
                      api('DELETE /me/sessions/:id', { params: { id: session.id } }),
                      t`The session has ended: its next request is refused.`,
                    )
                  }
                >{t`End`}</Button>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
