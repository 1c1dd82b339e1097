import { useFormat } from './format.ts'

/** An amount in minor units with its own currency, figures under figures. */
export function Money({ amount, currency }: { amount: number; currency: string }) {
  return <span className="number">{useFormat().money(amount, currency)}</span>
}
