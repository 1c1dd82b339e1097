import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'

/** To whom lines can be given, as the options of a select: suppliers, then warehouses. */
export function useFulfillers() {
  const { t } = useLingui()
  const { data } = useQuery({
    queryKey: ['fulfillers'],
    queryFn: ({ signal }) => api('GET /fulfillers', { signal }),
  })
  const items = data?.items ?? []
  const group = (kind: 'supplier' | 'warehouse', name: string) => ({
    group: name,
    items: items.filter((item) => item.kind === kind).map((item) => ({ value: item.id, label: item.name })),
  })
  const find = (id: string) => items.find((item) => item.id === id)
  return {
    options: [group('supplier', t`Suppliers`), group('warehouse', t`Warehouses`)].filter((one) => one.items.length > 0),
    nameOf: (id: string) => find(id)?.name ?? '',
    bodyOf: (id: string) => (find(id)?.kind === 'warehouse' ? { warehouseId: id } : { supplierId: id }),
  }
}
