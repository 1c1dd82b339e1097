import { useLingui } from '@lingui/react/macro'
import { CardFigures } from '../../ui/grid/Cards.tsx'
import classes from './ProductsPage.module.css'
import type { Product } from './useProducts.ts'
import { levelKey, type StockOf } from './useStockOf.ts'

/** A client's product on a phone, with its stock in each of his warehouses. */
export function ProductCard({ product, stock }: { product: Product; stock: StockOf | undefined }) {
  const { t } = useLingui()
  const { warehouses = [], levels } = stock ?? {}
  return (
    <>
      <strong>{product.sku}</strong>
      <div className={classes.quiet}>
        {[product.name, product.discontinued && t`Discontinued`].filter(Boolean).join(' · ')}
      </div>
      {warehouses.map(({ id, name }) => {
        const level = levels?.get(levelKey(product.id, id))
        return (
          <div key={id}>
            {warehouses.length > 1 && <div className={classes.quiet}>{name}</div>}
            <CardFigures
              figures={[
                [t`Available`, level?.available ?? 0],
                [t`On hand`, level?.onHand ?? 0],
                [t`Incoming`, level?.incoming ?? 0],
              ]}
            />
          </div>
        )
      })}
    </>
  )
}
