import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ProblemNote } from '../../ui/states.tsx'
import classes from './Rules.module.css'
import type { Condition, Names } from './useRules.ts'
import { useRuleWords } from './useRuleWords.ts'

type Explained = ResponseOf<'POST /rules/explain'>
type Props = { condition: Condition; names: Names }

/** Tries the condition on one order, by its number, and says of each part whether it is met and what was seen. */
export function OrderTest({ condition, names }: Props) {
  const { t } = useLingui()
  const [number, setNumber] = useState('')
  const test = useMutation({
    mutationFn: async (): Promise<Explained | null> => {
      const wanted = number.trim()
      const { items } = await api('GET /orders', { query: { q: wanted, limit: 20 } })
      const order = items.find((one) => one.number === wanted)
      return order ? await api('POST /rules/explain', { body: { condition, orderId: order.id } }) : null
    },
  })
  return (
    <div className={classes.test}>
      <div className={classes.row}>
        <TextInput
          w={200}
          aria-label={t`Number of an order to try`}
          placeholder={t`Try an order's number`}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
            event.preventDefault()
            if (number.trim()) test.mutate()
          }}
        />
        <Button variant="default" loading={test.isPending} disabled={!number.trim()} onClick={() => test.mutate()}>
          {t`Try`}
        </Button>
      </div>
      <div role="status">
        {test.isError && <ProblemNote problem={test.error} />}
        {test.data === null && <p className={classes.quiet}>{t`There is no order of that number.`}</p>}
        {test.data && <Explanation explained={test.data} names={names} />}
      </div>
    </div>
  )
}

function Explanation({ explained, names }: { explained: Explained; names: Names }) {
  const { t } = useLingui()
  const words = useRuleWords(names)
  const storeNames = (ids: string[]) => ids.map((id) => names.stores.find((store) => store.id === id)?.name ?? id)
  const leaves = explained.of.flatMap((part) => ('of' in part ? part.of : [part]))
  return (
    <>
      <p>
        <strong>{explained.met ? t`The rule would act on it.` : t`The rule would pass it over.`}</strong>
      </p>
      <ol className={classes.explained}>
        {leaves.map(({ met, leaf, seen }, at) => {
          const values = (leaf.about === 'store' ? storeNames(seen) : seen).join(' · ') || '—'
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name
            <li key={at}>
              <Icon name={met ? 'check' : 'close'} size={14} />
              <span>
                {met ? t`Yes` : t`No`}: {words.leaf(leaf)}
                <small className={classes.quiet}>{t`Seen: ${values}`}</small>
              </span>
            </li>
          )
        })}
      </ol>
    </>
  )
}
