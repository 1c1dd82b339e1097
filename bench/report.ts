import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InDatabase } from './in-database.ts'
import type { machine } from './machine.ts'
import type { ThroughHttp } from './through-http.ts'
import type { Rates } from './writes.ts'

export interface OfSize {
  orders: number
  screens: { name: string; database: InDatabase; http: ThroughHttp }[]
  rates?: Rates
  exported: { lines: number; ours: number; byHand: number }
}
export interface Result {
  on: ReturnType<typeof machine>
  at: string
  sizes: OfSize[]
  start: { ms: number; idleBytes: number; scriptBytes: number | null }
}

const ms = (value: number) => value.toFixed(value < 10 ? 2 : 1).padStart(8)
const times = (value: number) => `${value.toFixed(2)}×`.padStart(8)
const rate = (value: number) => Math.round(value).toLocaleString('en').padStart(9)
const line = (name: string, ...cells: string[]) => console.log(name.padEnd(26), ...cells)

/** The table that a person reads. */
export function print(result: Result): void {
  for (const size of result.sizes) {
    console.log(`\n${size.orders.toLocaleString('en')} orders in the account, half as many beside it`)
    line('', ' by hand', '    ours', '   ratio', '    bare', '    ours', '   ratio')
    line('', ' database, ms of processor', ' ', '  HTTP, ms')
    for (const { name, database, http } of size.screens)
      line(
        name,
        ms(database.byHand.p50),
        ms(database.ours.p50),
        times(database.ours.p50 / database.byHand.p50),
        ms(http.bare.p50),
        ms(http.ours.p50),
        times(http.ours.p50 / http.bare.p50),
      )
    line('export, lines a second', rate(size.exported.byHand), rate(size.exported.ours), '(by hand, ours)')
    if (size.rates) printRates(size.rates)
  }
  const [first, last] = [result.sizes[0]!, result.sizes.at(-1)!]
  if (first !== last) {
    console.log(
      `\nFrom ${first.orders.toLocaleString('en')} to ${last.orders.toLocaleString('en')} orders, in the database`,
    )
    for (const [index, { name, database }] of last.screens.entries())
      line(name, times(database.ours.p50 / first.screens[index]!.database.ours.p50))
  }
  const { ms: started, idleBytes, scriptBytes } = result.start
  console.log('')
  line('start', `${Math.round(started)} ms`)
  line('idle memory', `${Math.round(idleBytes / 1e6)} MB`)
  line(
    'JavaScript, first page',
    scriptBytes === null ? 'not built: npm run build' : `${Math.round(scriptBytes / 1000)} kB`,
  )
}

function printRates(rates: Rates): void {
  line('import, orders a second')
  line('  SQL by hand', rate(rates.importByHand))
  line('  HTTP, 500 a request', rate(rates.importByHttp), times(rates.importByHttp / rates.importByHand))
  line('  and until rules have run', rate(rates.importByHttpWithRules))
  line('  from CSV', rate(rates.importByCsv))
  line('create one, a second', rate(rates.createOne), `(SQL by hand ${Math.round(rates.createOneByHand)})`)
  line(
    'mark shipped',
    ms(rates.markShipped.p50),
    `ms, of which at work ${rates.markShippedOnItsProcessors.toFixed(1)} ms`,
  )
  const { byHand, databaseByHttp, serverByHttp, rules } = rates.cost
  line(
    '500 orders at work',
    `${Math.round(byHand)} ms by hand; ours ${Math.round(databaseByHttp)} ms database, ${Math.round(serverByHttp)} ms server, ${Math.round(rules)} ms rules`,
  )
}

/** Keeps the result as JSON; only one of a kind of machine and day. */
export function keep(result: Result, folder: string): string {
  mkdirSync(folder, { recursive: true })
  const name = result.on.processor
    .replace(/\(R\)|\(TM\)|CPU|@.*$/g, '')
    .trim()
    .replace(/[^\w]+/g, '-')
    .toLowerCase()
  const file = join(folder, `${result.at.slice(0, 10)}-${name}.json`)
  writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`)
  return file
}
