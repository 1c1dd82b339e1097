import { registered } from '#kernel/routes.ts'
import { type Canary, canaries, mayRead } from './canaries.ts'
import { cast, type Name, parties } from './cast.ts'
import { cases } from './matrix-cases.ts'
import { pdfText } from './pdf-text.ts'
import type { Answer, World } from './world.ts'

/** What stands under an address, by how it begins: the table and, of some, which of its rows. */
const tables: [start: RegExp, from: string][] = [
  [/^\/(portal\/)?orders/, 'orders.orders'],
  [/^\/(queue|fulfillment-orders)/, 'fulfillment.fulfillment_orders'],
  [/^\/(stock\/)?products/, 'catalog.products'],
  [/^\/transfers/, 'transfers.transfers'],
  [/^\/imports/, 'intake.imports'],
  [/^\/rules/, 'automation.rules'],
  [/^\/clients/, "access.parties where kind = 'client'"],
  [/^\/suppliers/, "access.parties where kind = 'supplier'"],
  [/^\/members/, "access.members where kind = 'person'"],
  [/^\/jobs/, 'jobs.jobs limit 4'],
]

/** Ids that an outsider might have learnt of what stands under an address; where that is not known, one of everything. */
export async function idsFor(world: World): Promise<(path: string) => string[]> {
  const known: [RegExp, string[]][] = []
  for (const [start, from] of tables) {
    const { rows } = await world.owner.query<{ id: string }>(`select id from ${from}`)
    known.push([start, rows.map(({ id }) => id)])
  }
  const oneOfEach = known.flatMap(([, ids]) => ids.slice(0, 1))
  return (path) => known.find(([start]) => start.test(path))?.[1] ?? oneOfEach
}

/** A canary in an answer to somebody. */
export interface Sighting {
  who: Name
  path: string
  word: string
  canary: Canary
}

/**
 * Asks everything as everybody, with every id there is, and returns every canary in an answer. With `asked` it tells of
 * each answer's status.
 */
export async function scan(
  world: World,
  people: readonly Name[] = Object.keys(cast) as Name[],
  asked: (who: Name, path: string, status: number) => void = () => {},
): Promise<Sighting[]> {
  const ids = await idsFor(world)
  const sightings: Sighting[] = []
  const gets = registered.filter(
    ({ endpoint }) =>
      endpoint.method === 'GET' && !('file' in endpoint.response && /pdf/.test(String(endpoint.response.file))),
  )
  for (const who of people) {
    for (const { endpoint } of gets) {
      const paths = endpoint.path.includes(':id')
        ? ids(endpoint.path).map((id) => endpoint.path.replace(':id', id))
        : [endpoint.path]
      for (const path of paths) {
        const answer = await world.as(who, `GET ${path}`)
        asked(who, path, answer.status)
        // Without date and request id, in whose digits a figure may turn up by chance.
        sightings.push(...seen(who, `GET ${path}`, answer.bare))
        if (answer.status === 403) break
      }
    }
  }
  return sightings
}

const seen = (who: Name, path: string, text: string): Sighting[] =>
  [...canaries].flatMap(([word, canary]) => (text.includes(word) ? [{ who, path, word, canary }] : []))

/**
 * Asks for what a plain GET does not bring: every file there is, exports by POST and printed sheets among them, and what needs a
 * question to be answered at all.
 */
export async function scanFiles(
  world: World,
  people: readonly Name[] = Object.keys(cast) as Name[],
): Promise<Sighting[]> {
  const ids = await idsFor(world)
  const photos = await world.owner.query<{ id: string; transfer: string }>(
    'select id, transfer_id as transfer from transfers.photos',
  )
  const month = new Date().toISOString().slice(0, 7)
  const histories = [
    ['order', '/orders'],
    ['fulfillment_order', '/queue'],
    ['product', '/products'],
    ['rule', '/rules'],
    ['supplier', '/suppliers'],
    ['member', '/members'],
  ] as const
  const questions: Record<string, string[]> = {
    listHistory: histories.flatMap(([kind, path]) => ids(path).map((id) => `?kind=${kind}&id=${id}`)),
    getStatement: ['', ...[parties.P1.id, parties.P2.id].map((id) => `&clientId=${id}`)].map(
      (of) => `?month=${month}${of}`,
    ),
    lookUpCode: [...canaries.keys()].filter((word) => /code$/.test(word)).map((word) => `?code=${word}`),
  }
  questions.exportStatement = questions.getStatement!
  const sightings: Sighting[] = []
  for (const { name, endpoint } of registered) {
    const { method, path, response } = endpoint
    const rests = questions[name] ?? ('file' in response ? [cases[name]!.query ?? ''] : [])
    const calls =
      name === 'getTransferPhoto'
        ? photos.rows.map(({ id, transfer }) => `GET ${path.replace(':id', transfer).replace(':photoId', id)}`)
        : rests.flatMap((rest) =>
            path.includes(':id')
              ? ids(path).map((id) => `${method} ${path.replace(':id', id)}${rest}`)
              : [`${method} ${path}${rest}`],
          )
    const body = method === 'GET' ? undefined : name === 'exportBuyer' ? { orderIds: ids('/orders').slice(0, 1) } : {}
    for (const who of people)
      for (const call of calls) {
        const answer = await world.as(who, call, body)
        sightings.push(...seen(who, call, textOf(answer)))
        if (answer.status === 403) break
      }
  }
  return sightings
}

const textOf = (answer: Answer) =>
  String(answer.headers['content-type']).includes('pdf') ? pdfText(answer.raw) : answer.bare

export const isLeak = ({ who, canary }: Sighting) => !mayRead(who, canary)
export const told = ({ who, path, word, canary }: Sighting) => `${who} ${path}: ${word} (${canary.kind})`
