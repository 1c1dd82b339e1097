import { useLingui } from '@lingui/react/macro'
import { Button, MultiSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { Conflicts } from '../../ui/form/Conflicts.tsx'
import { useEdit } from '../../ui/form/useEdit.ts'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './stock.module.css'
import type { Warehouse } from './useStock.ts'

type Order = ResponseOf<'GET /stores/warehouses'>['items'][number]
const key = ['stock', 'stores']

/** Which warehouses are asked for the orders of each store, the first chosen first. */
export function StoreOrder({ warehouses }: { warehouses: Warehouse[] }) {
  const { t } = useLingui()
  const stores = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await api('GET /stores/warehouses', { signal })).items,
  })
  const house = warehouses.find(({ isDefault }) => isDefault)?.name ?? ''
  return (
    <section className={classes.part} aria-labelledby="store-order">
      <h2 id="store-order">{t`Order for each store`}</h2>
      <p
        className={classes.quiet}
      >{t`The first that has the goods serves the order. Without a choice it is ${house}.`}</p>
      <p
        className={classes.quiet}
      >{t`A change counts for orders that arrive from then on; orders that are here keep the warehouse they were given.`}</p>
      {stores.isPending && <Skeleton lines={3} />}
      {stores.isError && !stores.data && <ProblemState problem={stores.error} onRetry={() => void stores.refetch()} />}
      <div className={classes.stores}>
        {stores.data?.map((order) => (
          <OneStore key={`${order.store.id} ${order.version}`} order={order} warehouses={warehouses} house={house} />
        ))}
      </div>
    </section>
  )
}

/** Saved with each choice; where somebody else saved meanwhile, both orders stand until one is chosen. */
function OneStore({ order, warehouses, house }: { order: Order; warehouses: Warehouse[]; house: string }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { id, name } = order.store
  const [chosen, setChosen] = useState(order.warehouseIds)
  const { conflicts, save } = useEdit(order.version, { warehouseIds: order.warehouseIds }, (value) => value)
  const sending = useMutation({
    mutationFn: (warehouseIds: string[]) =>
      save({ warehouseIds }, (_, version) =>
        api('PUT /stores/:id/warehouses', { params: { id }, version, body: { warehouseIds } }),
      ),
    onSuccess: async (saved) => {
      if (!saved) return
      toast.done(t`${name}: orders that come from now on follow this order.`)
      await client.invalidateQueries({ queryKey: key })
    },
    onError: async () => {
      toast.failed(t`The order could not be saved. Try again in a moment.`)
      setChosen(order.warehouseIds)
      await client.invalidateQueries({ queryKey: key })
    },
  })
  const names = (ids: unknown) =>
    (ids as string[]).map((one) => warehouses.find((warehouse) => warehouse.id === one)?.name ?? '—').join(', ')
  const clash = conflicts.length > 0
  return (
    <div className={classes.store}>
      <MultiSelect
        label={name}
        data={warehouses.map((warehouse) => ({ value: warehouse.id, label: warehouse.name }))}
        value={chosen}
        placeholder={chosen.length > 0 ? undefined : house}
        disabled={sending.isPending}
        onChange={(ids) => {
          setChosen(ids)
          if (!clash) sending.mutate(ids)
        }}
      />
      <Conflicts
        conflicts={conflicts}
        label={() => name}
        shown={(ids) => names(ids) || house}
        current={() => chosen}
        onChoose={(_, ids) => setChosen(ids as string[])}
      />
      {clash && (
        <Button size="xs" loading={sending.isPending} onClick={() => sending.mutate(chosen)}>
          {t`Save`}
        </Button>
      )}
    </div>
  )
}
