import { Plural, useLingui } from '@lingui/react/macro'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { paths } from '../../paths.ts'
import { isWhole } from './is-complete.ts'
import classes from './Rules.module.css'
import type { Condition } from './useRules.ts'

/** "Matches 134 of the last 1,000 orders", while the condition is being made. */
export function ConditionTest({ condition }: { condition: Condition }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const [shown, setShown] = useState(false)
  const [settled] = useDebouncedValue(condition, 300)
  const test = useQuery({
    queryKey: ['rules', 'test', settled],
    queryFn: ({ signal }) => api('POST /rules/test', { body: { condition: settled }, signal }),
    enabled: isWhole(settled),
    placeholderData: keepPreviousData,
  })
  if (!isWhole(condition) || !test.data) return <div className={classes.test}>&nbsp;</div>
  const { of, orders, lines, sample } = test.data
  return (
    <div className={classes.test}>
      <span role="status">
        {t`Matches ${number(orders)} of the last ${number(of)} orders`}
        {' · '}
        <Plural value={lines} one="# line" other="# lines" />
      </span>{' '}
      {sample.length > 0 && (
        <button type="button" className="link" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? t`Hide` : t`Show`}
        </button>
      )}
      {shown && (
        <ul>
          {sample.map((order) => (
            <li key={order.id}>
              <Link {...paths.order(order.id)} target="_blank">
                {order.number}
              </Link>
            </li>
          ))}
          {orders > sample.length && <li>…</li>}
        </ul>
      )}
    </div>
  )
}
