import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useFormat } from '../../components/format.ts'
import { Section } from '../../ui/Section.tsx'
import table from '../orders/OrderLines.module.css'
import classes from './TransferPage.module.css'
import type { Transfer, TransferLine } from './useTransfers.ts'

/** What was declared and what was counted; where the two differ it says how. */
export function TransferLines({ transfer }: { transfer: Transfer }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const unverified = transfer.lines.some((line) => line.unverified > 0)
  return (
    <Section title={t`Lines`}>
      <table className={table.lines}>
        <thead>
          <tr>
            <th scope="col">{t`Product`}</th>
            <th scope="col" data-align="end">{t`Declared`}</th>
            <th scope="col" data-align="end">{t`Good`}</th>
            <th scope="col" data-align="end">{t`Damaged`}</th>
            {unverified && <th scope="col" data-align="end">{t`To be verified`}</th>}
            <th scope="col" data-align="end">
              {t({ message: 'Open', context: 'units not yet received' })}
            </th>
          </tr>
        </thead>
        <tbody>
          {transfer.lines.map((line) => (
            <tr key={line.id}>
              <td>
                {line.name}
                <div className={classes.under}>{line.sku}</div>
                <Differs line={line} />
              </td>
              <td data-align="end">{number(line.quantity)}</td>
              <td data-align="end">{number(line.good)}</td>
              <td data-align="end">{number(line.damaged)}</td>
              {unverified && <td data-align="end">{number(line.unverified)}</td>}
              <td data-align="end">{number(line.remaining)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function Differs({ line: { over, closed, damaged } }: { line: TransferLine }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const words = [
    over > 0 && t`${number(over)} more than declared`,
    closed > 0 && plural(closed, { one: '# missing', other: '# missing' }),
    damaged > 0 && plural(damaged, { one: '# damaged', other: '# damaged' }),
  ].filter((word) => word !== false)
  return words.length > 0 && <div className={classes.differs}>{words.join(' · ')}</div>
}
