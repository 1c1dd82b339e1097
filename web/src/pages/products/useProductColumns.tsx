import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { useFormat } from '../../components/format.ts'
import { Tags } from '../../components/Tag.tsx'
import { useCan, useMe } from '../../me.ts'
import type { GridColumn } from '../../ui/grid/useGrid.ts'
import type { Product } from './useProducts.ts'
import { levelKey, type StockOf } from './useStockOf.ts'

/**
 * The columns of the product grid; price and cost are not among them for who may not see them. A client finds his stock
 * in each of his warehouses there, and no tags: they are the house's words.
 */
export function useProductColumns(stock: StockOf | undefined, owners: Owner[]): GridColumn<Product>[] {
  const { t, i18n } = useLingui()
  const can = useCan()
  const ofHouse = useMe().audience === 'staff'
  const prices = can('products:prices')
  const costs = can('products:costs')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` follows the language
  return useMemo(() => {
    const columns: (GridColumn<Product> | false)[] = [
      {
        id: 'sku',
        header: t`SKU`,
        width: 136,
        sticky: true,
        cell: ({ sku }) => <strong>{sku}</strong>,
      },
      { id: 'name', header: t`Name`, width: ofHouse ? 240 : 200, grow: true, cell: ({ name }) => name },
      ...(ofHouse ? [] : stockColumns(stock, { available: t`Available`, onHand: t`On hand`, incoming: t`Incoming` })),
      owners.length > 0 && {
        id: 'client',
        header: t`Client`,
        width: 120,
        cell: ({ clientId }) => owners.find(({ id }) => id === clientId)?.name ?? '—',
      },
      ofHouse && {
        id: 'tags',
        header: t`Tags`,
        width: owners.length > 0 ? 188 : 240,
        cell: ({ tags }) => <Tags names={tags} />,
      },
      {
        id: 'state',
        header: t`Sold`,
        width: 120,
        cell: ({ discontinued }) => (discontinued ? t`Discontinued` : t`On sale`),
      },
      prices && {
        id: 'price',
        header: t`Price`,
        width: 108,
        align: 'end',
        cell: ({ price }) => <Unit value={price} />,
      },
      costs && { id: 'cost', header: t`Cost`, width: 108, align: 'end', cell: ({ cost }) => <Unit value={cost} /> },
      {
        id: 'barcodes',
        header: t`Barcodes`,
        width: 160,
        hidden: ofHouse,
        cell: ({ barcodes }) => barcodes.map(({ code }) => code).join(', ') || '—',
      },
      {
        id: 'description',
        header: t`Description`,
        width: 240,
        hidden: true,
        cell: ({ description }) => description || '—',
      },
    ]
    return columns.filter((column) => column !== false)
  }, [i18n.locale, prices, costs, ofHouse, stock, owners])
}

type Owner = { id: string; name: string }
type StockWord = 'available' | 'onHand' | 'incoming'

/** One warehouse needs no name; of several, each names its own. */
function stockColumns(stock: StockOf | undefined, words: Record<StockWord, string>): GridColumn<Product>[] {
  const { warehouses = [], levels } = stock ?? {}
  return warehouses.flatMap(({ id, name }) =>
    (Object.keys(words) as StockWord[]).map(
      (word): GridColumn<Product> => ({
        id: `${word}-${id}`,
        header: warehouses.length > 1 ? `${words[word]} · ${name}` : words[word],
        width: warehouses.length > 1 ? 160 : 92,
        align: 'end',
        hidden: warehouses.length > 1 && word !== 'available',
        cell: (product) => <span className="number">{levels?.get(levelKey(product.id, id))?.[word] ?? 0}</span>,
      }),
    ),
  )
}

function Unit({ value }: { value: Product['price'] }) {
  const { unitPrice } = useFormat()
  return <span className="number">{value ? unitPrice(value.micros, value.currency) : '—'}</span>
}
