import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { useFormat } from '../../components/format.ts'
import { Tags } from '../../components/Tag.tsx'
import { useCan } from '../../me.ts'
import type { GridColumn } from '../../ui/grid/useGrid.ts'
import type { Product } from './useProducts.ts'

/** The columns of the product grid; price and cost are not among them for who may not see them. */
export function useProductColumns(): GridColumn<Product>[] {
  const { t, i18n } = useLingui()
  const can = useCan()
  const prices = can('products:prices')
  const costs = can('products:costs')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` follows the language
  return useMemo(() => {
    const columns: (GridColumn<Product> | false)[] = [
      { id: 'sku', header: t`SKU`, width: 136, sticky: true, cell: ({ sku }) => <strong>{sku}</strong> },
      { id: 'name', header: t`Name`, width: 260, grow: true, cell: ({ name }) => name },
      { id: 'tags', header: t`Tags`, width: 240, cell: ({ tags }) => <Tags names={tags} /> },
      {
        id: 'state',
        header: t`Sold`,
        width: 128,
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
        hidden: true,
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
  }, [i18n.locale, prices, costs])
}

function Unit({ value }: { value: Product['price'] }) {
  const { unitPrice } = useFormat()
  return <span className="number">{value ? unitPrice(value.micros, value.currency) : '—'}</span>
}
