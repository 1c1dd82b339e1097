import { plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { api, type ResponseOf } from '../../../api.ts'
import { useRoleName } from '../../../components/roles.ts'
import { type Language, languages } from '../../../i18n.ts'
import { Form } from '../../../ui/form/Form.tsx'
import { SelectField, TextAreaField, TextField } from '../../../ui/form/fields.tsx'
import { SidePanel } from '../../../ui/SidePanel.tsx'
import { ProblemNote, ProblemState, Skeleton } from '../../../ui/states.tsx'
import { toast } from '../../../ui/toast.ts'
import { givableRoles } from '../givable-roles.ts'
import { rolesQuery, usePeopleChanged } from '../usePeople.ts'
import classes from './grant.module.css'
import { ScopeFields } from './ScopeFields.tsx'
import { type ScopeValues, toWanted, unlimited } from './scope.ts'
import { useSettled } from './useSettled.ts'

type Values = { list: string; batch: string; role: string; locale: Language; scope: ScopeValues }
type Row = ResponseOf<'POST /invitations/batch/preview'>['rows'][number]

/** Takes on many people for a time: a pasted list, read line by line before anybody is invited. */
export function BatchPanel({ onClose, onInvited }: { onClose: () => void; onInvited: () => void }) {
  const { t, i18n } = useLingui()
  const roleName = useRoleName()
  const changed = usePeopleChanged()
  const roles = useQuery(rolesQuery)
  const choices = givableRoles(roles.data?.items ?? []).filter(({ audience }) => audience === 'staff')
  const invite = async ({ scope, ...values }: Values) => {
    const body = { ...values, scope: toWanted(scope, 'staff') }
    const { invitations } = await api('POST /invitations/batch', { body })
    await changed()
    const count = invitations.length
    const { batch } = values
    toast.done(
      plural(count, { one: `# person is invited as “${batch}”.`, other: `# people are invited as “${batch}”.` }),
    )
    onInvited()
  }
  return (
    <SidePanel label={t`Add temporary staff`} title={t`Add temporary staff`} onClose={onClose}>
      {roles.isPending && <Skeleton lines={8} />}
      {roles.isError && <ProblemState problem={roles.error} onRetry={() => void roles.refetch()} />}
      {roles.data && (
        <Form<Values>
          defaultValues={{
            list: '',
            batch: '',
            role: 'customer-service',
            locale: i18n.locale as Language,
            scope: unlimited,
          }}
          action={t`Invite them`}
          onSubmit={invite}
          onCancel={onClose}
          guarded
        >
          <p className={classes.quiet}>
            <Trans>
              Everybody gets a link of his own. On the last day the access ends by itself; you can end it earlier, for
              all at once.
            </Trans>
          </p>
          <TextField name="batch" label={t`Name of the batch`} placeholder={t`Peak season`} autoFocus required />
          <TextAreaField
            name="list"
            label={t`People`}
            help={t`One per line, name and e-mail in any order: paste it from a mail or a sheet.`}
            rows={6}
            required
          />
          <ReadList />
          <SelectField
            name="role"
            label={t`Role`}
            data={choices.map((role) => ({ value: role.slug, label: roleName(role) }))}
            required
          />
          <ScopeFields audience="staff" lastDayRequired />
          <SelectField
            name="locale"
            label={t`Language of the mail`}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            required
          />
        </Form>
      )}
    </SidePanel>
  )
}

/** What the list says, line by line, while it is written. */
function ReadList() {
  const { t } = useLingui()
  const list = useSettled((useWatch<Values, 'list'>({ name: 'list' }) ?? '').trim())
  const read = useQuery({
    queryKey: ['people', 'pasted', list],
    queryFn: ({ signal }) => api('POST /invitations/batch/preview', { body: { list }, signal }),
    enabled: list !== '',
    placeholderData: keepPreviousData,
    retry: false,
  })
  const words = useVerdictWords()
  if (list === '') return null
  if (read.isError) return <ProblemNote problem={read.error} />
  if (!read.data) return <p className={classes.quiet}>{t`Reading…`}</p>
  const fit = read.data.rows.filter(({ verdict }) => verdict === 'ok').length
  return (
    <section className={classes.preview} aria-label={t`What the list says`} aria-live="polite">
      <h3>
        <Plural value={fit} one="# person to invite" other="# people to invite" />
      </h3>
      <ul className={classes.rows}>
        {read.data.rows.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
          <li key={place} data-fit={row.verdict === 'ok' || undefined}>
            <span>{row.email ? [row.name, row.email].filter(Boolean).join(' · ') : row.line}</span>
            {row.verdict !== 'ok' && <em>{words[row.verdict]}</em>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function useVerdictWords(): Record<Exclude<Row['verdict'], 'ok'>, string> {
  const { t } = useLingui()
  return {
    no_address: t`no e-mail address`,
    bad_address: t`not an e-mail address`,
    twice: t`twice in the list`,
    user: t`already a user`,
    invited: t`already invited`,
  }
}
