import { Plural, useLingui } from '@lingui/react/macro'
import { useFormat } from './format.ts'

/** How many orders there are; a count that was cut short says so ("10,000+"). */
export function OrderCount({ value, capped }: { value: number; capped: boolean }) {
  const { t } = useLingui()
  const { number } = useFormat()
  if (capped) return <>{t`${number(value)}+ orders`}</>
  return <Plural value={value} one="# order" other="# orders" />
}
