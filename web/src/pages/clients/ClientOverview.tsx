import { useLingui } from '@lingui/react/macro'
import { Button, Switch } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { languages } from '../../i18n.ts'
import { useCan } from '../../me.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { AssistSection } from '../assist/AssistSection.tsx'
import { ClientForm } from './ClientForm.tsx'
import classes from './clients.module.css'
import type { Client } from './useClients.ts'
import { useRun } from './useRun.tsx'

type Agreed = 'strictWarehouses' | 'mayAsk' | 'receiptsUnverified'

/** Who it is and what was agreed with it. */
export function ClientOverview({ client }: { client: Client }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const can = useCan()
  const manages = can('portal-users:manage')
  const looks = can('assist:look')
  const [editing, setEditing] = useState(false)
  const { busy, run } = useRun()
  const { name, version } = client
  const change = (body: { archived: boolean } | Partial<Record<Agreed, boolean>>, done: string) =>
    run(() => api('PATCH /clients/:id', { params: { id: client.id }, version, body }), done)
  const archive = async () => {
    const sure =
      client.archived ||
      (await confirm({
        title: t`Archive ${name}?`,
        body: t`Its people are signed out at once and cannot sign in. Orders, products and stock stay. You can take it back.`,
        action: t`Archive`,
        danger: true,
      }))
    if (!sure) return
    await change(
      { archived: !client.archived },
      client.archived ? t`${name} is active again.` : t`${name} is archived.`,
    )
  }
  const agreed: [field: Agreed, label: string, meaning: string][] = [
    [
      'strictWarehouses',
      t`Only orders served from warehouses its people may see`,
      t`Off: an order of their store that leaves from another warehouse is shown without that warehouse’s name.`,
    ],
    [
      'mayAsk',
      t`Its people may hold orders and ask for changes`,
      t`They can put an order on hold, and ask you to cancel, change or take one back. You decide.`,
    ],
    [
      'receiptsUnverified',
      t`What it receives itself waits until you have counted it`,
      t`Such stock is shown as unverified and is not sold before your count.`,
    ],
  ]
  return (
    <>
      <Section
        title={t`Company`}
        action={manages && <Button size="xs" variant="default" onClick={() => setEditing(true)}>{t`Change`}</Button>}
      >
        <Facts
          facts={[
            [t`Name`, name],
            [t`E-mail`, client.email],
            [t`Language`, languages[client.locale]],
            [t`Stores`, client.stores.map((store) => store.name).join(', ')],
            [t`Products`, number(client.products)],
            [t`Portal users`, number(client.users)],
          ]}
        />
      </Section>
      <Section title={t`What was agreed`}>
        <div className={classes.stack}>
          {agreed.map(([field, label, meaning]) => (
            <Switch
              key={field}
              label={label}
              description={meaning}
              checked={client[field]}
              disabled={!manages || busy}
              onChange={({ currentTarget }) => void change({ [field]: currentTarget.checked }, t`It counts at once.`)}
            />
          ))}
        </div>
      </Section>
      {looks && !client.archived && <AssistSection clientId={client.id} />}
      {manages && (
        <div className={classes.actions}>
          <Button
            variant="subtle"
            color={client.archived ? 'teal' : 'red'}
            loading={busy}
            onClick={() => void archive()}
          >
            {client.archived ? t`Take back from the archive` : t`Archive`}
          </Button>
        </div>
      )}
      {editing && <ClientForm client={client} onClose={() => setEditing(false)} />}
    </>
  )
}
