import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { StatusDot } from '../../components/StatusDot.tsx'
import type { StatusLook } from '../../components/statuses.ts'
import { lineStockWords } from './line-stock-words.ts'
import classes from './OrderLines.module.css'

export type LineStock = ResponseOf<'GET /orders/:id/stock'>['lines'][number]

/** What of each line is kept or waits, by line; lines whose stock is not counted are not in it. */
export function useLineStock(orderId: string, asked: boolean): Map<string, LineStock> {
  const { data } = useQuery({
    queryKey: ['orders', 'stock', orderId],
    queryFn: ({ signal }) => api('GET /orders/:id/stock', { params: { id: orderId }, signal }),
    enabled: asked,
  })
  return new Map(data?.lines.map((line) => [line.lineId, line]))
}

const looks: Record<keyof typeof lineStockWords, StatusLook> = {
  inStock: { hue: 'green', word: lineStockWords.inStock },
  outOfStock: { hue: 'amber', word: lineStockWords.outOfStock },
  allocated: { hue: 'green', word: lineStockWords.allocated },
  backordered: { hue: 'amber', word: lineStockWords.backordered },
}

/** In stock or not; for who may see stock how much is kept, how much waits, and until when. */
export function LineStockText({ line }: { line: LineStock }) {
  const { t } = useLingui()
  const { number, day } = useFormat()
  const told = line.allocated !== undefined
  const state = told ? (line.inStock ? 'allocated' : 'backordered') : line.inStock ? 'inStock' : 'outOfStock'
  const { allocated = 0, backordered = 0, promisedOn } = line
  const more = [
    told && !line.inStock && t`${number(backordered)} of ${number(allocated + backordered)}`,
    promisedOn && t`expected ${day(promisedOn)}`,
  ].filter(Boolean)
  return (
    <div className={classes.under}>
      <StatusDot look={looks[state]} code={state} />
      {more.length > 0 && <span>{more.join(' · ')}</span>}
    </div>
  )
}
