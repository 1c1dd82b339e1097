import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { grouped, permissionWords } from '../../components/permission-words.ts'
import { StatusDot } from '../../components/StatusDot.tsx'
import { useMe } from '../../me.ts'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextAreaField } from '../../ui/form/fields.tsx'
import { Section } from '../../ui/Section.tsx'
import { toast } from '../../ui/toast.ts'
import type { Permission } from '../../words.ts'
import { requestStates, useRequestWords } from './request-words.ts'
import classes from './rights.module.css'
import { myRequestsQuery } from './useRequests.ts'

/** What only people of suppliers and clients may hold. */
const ofOthers = /^(queue:.*|portal-users:ask|portal:dashboard|assist:grant)$/

type Values = { permission: string | null; note: string }

/** Asks whoever manages users; opened with what was refused, where one comes from there. */
export function AskForAccess({ permission, page }: { permission?: string | undefined; page?: string | undefined }) {
  const { t, i18n } = useLingui()
  const { permissions, audience } = useMe()
  const client = useQueryClient()
  const [opened, setOpened] = useState(permission !== undefined || page !== undefined)
  const missing = Object.keys(permissionWords).filter(
    (word) => !permissions.includes(word as Permission) && !ofOthers.test(word),
  )
  const ask = async ({ permission, note }: Values) => {
    const body = { note, page: page ?? '', ...(permission ? { permission: permission as Permission } : {}) }
    await api('POST /access-requests', { body })
    await client.invalidateQueries({ queryKey: myRequestsQuery.queryKey })
    setOpened(false)
    toast.done(t`Your request is sent. The answer will stand here.`)
  }
  if (!opened)
    return (
      <div>
        <Button variant="default" onClick={() => setOpened(true)}>{t`Ask for access`}</Button>
      </div>
    )
  return (
    <Section title={t`Ask for access`}>
      <Form<Values>
        defaultValues={{ permission: permission && missing.includes(permission) ? permission : null, note: '' }}
        action={t`Send the request`}
        onSubmit={ask}
        onCancel={() => setOpened(false)}
      >
        {page && (
          <p className={classes.quiet}>
            <Trans>
              It will name the page you came from: <code>{page}</code>
            </Trans>
          </p>
        )}
        {audience === 'staff' && missing.length > 0 && (
          <SelectField
            name="permission"
            label={t`What you need`}
            help={t`Can be left out: say it in your own words.`}
            searchable
            data={grouped(missing).map(({ title, words }) => ({
              group: i18n._(title),
              items: words.map((word) => ({ value: word, label: i18n._(permissionWords[word]) })),
            }))}
          />
        )}
        <TextAreaField name="note" label={t`What for`} rows={3} />
      </Form>
    </Section>
  )
}

/** What I asked for, and the answers. */
export function MyRequests() {
  const { t } = useLingui()
  const words = useRequestWords()
  const { data } = useQuery(myRequestsQuery)
  if (!data || data.items.length === 0) return null
  return (
    <Section title={t`My requests`}>
      <ul className={classes.requests}>
        {data.items.map((request) => (
          <li key={request.id} className={classes.request}>
            <StatusDot look={requestStates[request.state]} code={request.state} />{' '}
            <span className={classes.quiet}>
              <DateText value={request.createdAt} />
            </span>
            <div>{words(request)}</div>
            {request.note && <div>{request.note}</div>}
            {request.answer && <div>{request.answer}</div>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
