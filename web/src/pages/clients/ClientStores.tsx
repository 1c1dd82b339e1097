import { useLingui } from '@lingui/react/macro'
import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { Section } from '../../ui/Section.tsx'
import { Empty, ProblemNote } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './clients.module.css'
import { type Client, choicesQuery, useClientsChanged } from './useClients.ts'
import { useRun } from './useRun.tsx'

/** Which stores are the client's: its people can be given these, and no others. */
export function ClientStores({ client }: { client: Client }) {
  const { t } = useLingui()
  const { busy, run } = useRun()
  const params = { id: client.id }
  const remove = async (store: { id: string; name: string }) => {
    const sure = await confirm({
      title: t`Take ${store.name} from ${client.name}?`,
      body: t`Possible only while the store has no orders and no portal user has it.`,
      action: t`Take away`,
    })
    if (!sure) return
    await run(
      () => api('DELETE /clients/:id/stores/:storeId', { params: { ...params, storeId: store.id } }),
      t`${store.name} is no longer a store of ${client.name}.`,
    )
  }
  return (
    <>
      <Section title={t`Stores of the client`}>
        {client.stores.length === 0 ? (
          <Empty
            title={t`No store yet`}
          >{t`Make one below: a portal user needs at least one store and one warehouse.`}</Empty>
        ) : (
          <ul className={classes.list}>
            {client.stores.map((store) => (
              <li key={store.id} className={classes.item}>
                <span>{store.name}</span>
                <Button size="xs" variant="default" disabled={busy} onClick={() => void remove(store)}>
                  {t`Take away`}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <NewStore client={client} />
      <ExistingStore client={client} />
    </>
  )
}

function NewStore({ client }: { client: Client }) {
  const { t } = useLingui()
  const changed = useClientsChanged()
  const create = async ({ name }: { name: string }) => {
    await api('POST /clients/:id/stores', { params: { id: client.id }, body: { name } })
    toast.done(t`${name} is a store of ${client.name} now.`)
    await changed()
  }
  return (
    <Section title={t`New store`}>
      <Form key={client.stores.length} defaultValues={{ name: '' }} action={t`Create store`} onSubmit={create}>
        <TextField name="name" label={t`Name of the store`} maxLength={120} required />
      </Form>
    </Section>
  )
}

/** One that is no client's yet: its orders, past ones too, can then be shown to this client's people. */
function ExistingStore({ client }: { client: Client }) {
  const { t } = useLingui()
  const { busy, run } = useRun()
  const choices = useQuery(choicesQuery(client.id))
  const [storeId, setStoreId] = useState<string | null>(null)
  const free = choices.data?.freeStores ?? []
  if (choices.isError) return <ProblemNote problem={choices.error} />
  if (free.length === 0) return null
  const chosen = free.find(({ id }) => id === storeId)?.name ?? ''
  const give = async () => {
    const sure = await confirm({
      title: t`Give ${chosen} to ${client.name}?`,
      body: t`Its orders, past ones too, are then shown to those of the client’s people who get this store.`,
      action: t`Give the store`,
    })
    if (!sure || !storeId) return
    const body = { storeId }
    const done = await run(
      () => api('POST /clients/:id/stores', { params: { id: client.id }, body }),
      t`${chosen} is a store of ${client.name} now.`,
    )
    if (done) setStoreId(null)
  }
  return (
    <Section title={t`A store you have already`}>
      <div className={classes.actions}>
        <Select
          aria-label={t`Store`}
          placeholder={t`Choose a store`}
          data={free.map(({ id, name }) => ({ value: id, label: name }))}
          value={storeId}
          onChange={setStoreId}
          searchable
        />
        <Button variant="default" disabled={!storeId} loading={busy} onClick={() => void give()}>
          {t`Give the store`}
        </Button>
      </div>
    </Section>
  )
}
