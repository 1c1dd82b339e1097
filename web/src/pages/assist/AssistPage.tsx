import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from '../clients/clients.module.css'
import { useRun } from '../clients/useRun.tsx'

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
  return (
    <>
      <PageHeader
        title={t`Let the host look`}
        explanation={t`For some hours, people of your host see what you see here. They can change nothing, and you see who looked.`}
      />
      <div className={classes.body}>
        {isPending && <Skeleton lines={6} />}
        {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
        {data && (open ? <Allowed assist={open} /> : <Allow />)}
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
      <Button color="red" loading={busy} onClick={() => void end()}>{t`End it now`}</Button>
    </div>
  )
}

function History({ assists }: { assists: Assist[] }) {
  const { t } = useLingui()
  return (
    <Section title={t`Who looked`}>
      <ul className={classes.list}>
        {assists.map(({ id, grantedBy, grantedAt, note, looks }) => (
          <li key={id} className={classes.item}>
            <span>
              {grantedBy} · <DateText value={grantedAt} withTime /> {note && `· ${note}`}
            </span>
            <span className={classes.quiet}>
              {looks.length === 0 && t`Nobody looked`}
              {looks.map(({ by, at, page }) => (
                <div key={`${by} ${at} ${page}`}>
                  {by} · <DateText value={at} withTime /> {page ? `· ${page}` : `· ${t`began to look`}`}
                </div>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
