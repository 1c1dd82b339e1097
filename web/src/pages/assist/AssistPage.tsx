import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { useMe } from '../../me.ts'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from '../clients/clients.module.css'
import { useRun } from '../clients/useRun.tsx'
import page from './AssistPage.module.css'
import { useLookWords } from './look-words.ts'

type Assist = ResponseOf<'GET /assist'>['items'][number]
const assistsQuery = queryOptions({
  queryKey: ['assist'],
  queryFn: async ({ signal }) => (await api('GET /assist', { signal })).items,
})
const isOpen = ({ endedAt, until }: Assist) => endedAt === null && Date.parse(until) > Date.now()

/** A client's administrator lets the host look, ends it, and reads who looked at what. */
export default function AssistPage() {
  const { t } = useLingui()
  const { data, error, isPending, isError, refetch } = useQuery(assistsQuery)
  const open = data?.find(isOpen)
  const { viewing } = useMe()
  return (
    <>
      <PageHeader
        title={t`Let the host look`}
        explanation={t`For some hours, people of your host see what you see here. They can change nothing, and you see who looked.`}
      />
      <div className={classes.body}>
        {isPending && <Skeleton lines={6} />}
        {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
        {open && <Allowed assist={open} />}
        {data && !open && !viewing && <Allow />}
        {data && data.length > 0 && <History assists={data} />}
      </div>
    </>
  )
}

function Allow() {
  const { t } = useLingui()
  const client = useQueryClient()
  const grant = async ({ hours, note }: { hours: string; note: string }) => {
    const { items } = await api('POST /assist', { body: { hours: Number(hours), note } })
    client.setQueryData(assistsQuery.queryKey, items)
    toast.done(t`The host may look now.`)
  }
  const choices = ['1', '4', '24', '72'].map((value) => ({ value, label: t`${value} h` }))
  return (
    <Form defaultValues={{ hours: '4', note: '' }} action={t`Allow`} onSubmit={grant}>
      <SelectField name="hours" label={t`For how long`} data={choices} />
      <TextField name="note" label={t`What should the host look at?`} />
    </Form>
  )
}

function Allowed({ assist }: { assist: Assist }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { viewing } = useMe()
  const { busy, run } = useRun()
  const end = () =>
    run(
      async () => client.setQueryData(assistsQuery.queryKey, (await api('DELETE /assist')).items),
      t`The host can look no longer.`,
    )
  return (
    <div className={classes.actions}>
      <span>
        <Trans>
          {assist.grantedBy} lets the host look until <DateText value={assist.until} withTime />.
        </Trans>
      </span>
      {!viewing && <Button color="red" loading={busy} onClick={() => void end()}>{t`End it now`}</Button>}
    </div>
  )
}

function History({ assists }: { assists: Assist[] }) {
  const { t } = useLingui()
  return (
    <Section title={t`Who looked`}>
      <ul className={classes.list}>
        {assists.map((assist) => (
          <li key={assist.id} className={page.session}>
            <div>
              <strong>{assist.grantedBy}</strong>{' '}
              <span className={classes.small}>
                <DateText value={assist.grantedAt} withTime /> –{' '}
                <DateText value={assist.endedAt ?? assist.until} withTime />
              </span>
              {assist.note && <p className={classes.quiet}>{assist.note}</p>}
            </div>
            <Looks looks={assist.looks} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The latest first; a page asks the server for several things, and is one look. */
function Looks({ looks }: { looks: Assist['looks'] }) {
  const { t } = useLingui()
  const wordsOf = useLookWords()
  const pages = looks
    .flatMap(({ by, at, page: asked, record }) => {
      const what = wordsOf(asked, record)
      return what ? [{ by, at, what }] : []
    })
    .filter(({ by, what }, place, all) => all[place + 1]?.by !== by || all[place + 1]?.what !== what)
  if (pages.length === 0) return <p className={classes.quiet}>{t`Nobody looked`}</p>
  return (
    <ul className={page.looks}>
      {pages.map(({ by, at, what }) => (
        <li key={`${by} ${at} ${what}`}>
          <span>{what}</span>
          <span className={classes.small}>
            {by} · <DateText value={at} withTime />
          </span>
        </li>
      ))}
    </ul>
  )
}
