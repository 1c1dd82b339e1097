import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import { useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { CardFigures } from '../../ui/grid/Cards.tsx'
import classes from './TransferPage.module.css'
import { TransferStateDot } from './TransferStateDot.tsx'
import type { TransferRow } from './useTransfers.ts'

/** One stock transfer of the list, on a phone. */
export function TransferCard({ row }: { row: TransferRow }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const isHouse = useMe().audience === 'staff'
  return (
    <>
      <div className={classes.cardHead}>
        <Link {...paths.transfer(row.id)}>{row.number}</Link>
        <TransferStateDot state={row.state} />
      </div>
      <div className={classes.under}>
        {[isHouse && row.from, row.warehouse.name, row.carrier, row.tracking].filter(Boolean).join(' · ')}
      </div>
      <CardFigures
        figures={[
          [t`Units`, number(row.quantity)],
          [t`Received`, number(row.arrived)],
          [t`Expected`, <DateText key="expected" value={row.expectedOn} />],
        ]}
      />
    </>
  )
}
