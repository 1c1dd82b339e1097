import { useLingui } from '@lingui/react/macro'
import { useFormat } from '../../components/format.ts'
import classes from './Queue.module.css'

export type LineFacts = {
  id: string
  sku: string
  name: string
  quantity: number
  accepted: number
  rejected: number
  cancelled: number
  shipped: number
  rejectReason: string
}

/** What is to be shipped, quantity first as one packs it, and under each what has become of a part of it. */
export function LineList({ lines }: { lines: LineFacts[] }) {
  const { number } = useFormat()
  return (
    <ul className={classes.lines}>
      {lines.map((line) => (
        <li key={line.id}>
          <span className={classes.units}>{number(line.quantity)} ×</span>
          <span>
            {line.name || line.sku} {line.name && line.sku && <span className={classes.sku}>{line.sku}</span>}
            <Fate {...line} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Fate({ quantity, accepted, rejected, cancelled, shipped, rejectReason }: LineFacts) {
  const { t } = useLingui()
  const parts = [
    accepted > 0 && accepted < quantity && shipped < quantity && t`${accepted} accepted`,
    shipped > 0 && shipped < quantity && t`${shipped} shipped`,
    rejected > 0 && (rejectReason ? t`${rejected} rejected: ${rejectReason}` : t`${rejected} rejected`),
    cancelled > 0 && t`${cancelled} cancelled`,
  ].filter(Boolean)
  return parts.length > 0 ? <span className={classes.fate}>{parts.join(' · ')}</span> : null
}
