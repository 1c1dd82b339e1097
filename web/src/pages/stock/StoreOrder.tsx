import { useLingui } from '@lingui/react/macro'
import { MultiSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './stock.module.css'
import type { Warehouse } from './useStock.ts'

const key = ['stock', 'stores']

/** Which warehouses are asked for the orders of each store, the first chosen first. */
export function StoreOrder({ warehouses }: { warehouses: Warehouse[] }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const stores = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await api('GET /stores/warehouses', { signal })).items,
  })
  const save = useMutation({
    mutationFn: ({ id, warehouseIds }: { id: string; warehouseIds: string[] }) =>
      api('PUT /stores/:id/warehouses', { params: { id }, body: { warehouseIds } }),
    onSuccess: ({ store }) => toast.done(t`${store.name}: orders that come from now on follow this order.`),
    onError: () => toast.failed(t`The order could not be saved. Try again in a moment.`),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
  const house = warehouses.find(({ isDefault }) => isDefault)?.name ?? ''
  const data = warehouses.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <section className={classes.part} aria-labelledby="store-order">
      <h2 id="store-order">{t`Order for each store`}</h2>
      <p
        className={classes.quiet}
      >{t`The first that has the goods serves the order. Without a choice it is ${house}.`}</p>
      {stores.isPending && <Skeleton lines={3} />}
      {stores.isError && !stores.data && <ProblemState problem={stores.error} onRetry={() => void stores.refetch()} />}
      <div className={classes.stores}>
        {stores.data?.map(({ store, warehouseIds }) => (
          <MultiSelect
            key={store.id}
            label={store.name}
            data={data}
            value={warehouseIds}
            placeholder={warehouseIds.length > 0 ? undefined : house}
            disabled={save.isPending}
            onChange={(chosen) => save.mutate({ id: store.id, warehouseIds: chosen })}
          />
        ))}
      </div>
    </section>
  )
}
