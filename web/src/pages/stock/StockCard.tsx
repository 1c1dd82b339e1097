import { useLingui } from '@lingui/react/macro'
import { useMe } from '../../me.ts'
import { CardFigures } from '../../ui/grid/Cards.tsx'
import classes from './stock.module.css'
import type { Level } from './useStock.ts'
import { Available, Figure } from './useStockColumns.tsx'

/** One product in one warehouse, on a phone. */
export function StockCard({ level, onOpen }: { level: Level; onOpen: () => void }) {
  const { t } = useLingui()
  const isHouse = useMe().audience === 'staff'
  const { product, warehouse, client } = level
  return (
    <>
      <button type="button" className={classes.name} onClick={onOpen}>
        {product.sku}
      </button>
      <div className={classes.quiet}>
        {[product.name, warehouse.name, isHouse && client?.name].filter(Boolean).join(' · ')}
      </div>
      <CardFigures
        figures={[
          [t`Available`, <Available key="available" {...level} />],
          [t`On hand`, <Figure key="onHand" value={level.onHand} />],
          [
            t({ message: 'Allocated', context: 'a figure of stock' }),
            <Figure key="allocated" value={level.allocated} />,
          ],
          [t`Incoming`, <Figure key="incoming" value={level.incoming} />],
          [
            t({ message: 'Backordered', context: 'a figure of stock' }),
            <Figure key="backordered" value={level.backordered} />,
          ],
        ]}
      />
    </>
  )
}
