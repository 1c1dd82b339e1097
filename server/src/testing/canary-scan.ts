import { registered } from '#kernel/routes.ts'
import { type Canary, canaries, mayRead } from './canaries.ts'
import { cast, type Name, parties } from './cast.ts'
import { cases } from './matrix-cases.ts'
import { pdfText } from './pdf-text.ts'
import type { Answer, World } from './world.ts'

/** Some ids of every table that has any: what an outsider might have learnt. */
export async function knownIds(world: World): Promise<string[]> {
  const { rows } = await world.owner.query<{ id: string }>(
    `select id from orders.orders union select id from fulfillment.fulfillment_orders union select id from catalog.products
     union select id from access.invitations union select id from notices.outbox union select id from automation.rules
     union select id from intake.imports union select id from transfers.transfers union select id from access.parties where kind = 'client'
     union select id from stock.counts union select id from stock.warehouses union (select id from jobs.jobs limit 4) union (select id from access.members where kind = 'person' limit 3)`,
  )
  return rows.map((row) => row.id)
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
  const ids = await knownIds(world)
  const sightings: Sighting[] = []
  const gets = registered.filter(
    ({ endpoint }) =>
      endpoint.method === 'GET' && !('file' in endpoint.response && /pdf/.test(String(endpoint.response.file))),
  )
  for (const who of people) {
    for (const { endpoint } of gets) {
      const paths = endpoint.path.includes(':id') ? ids.map((id) => endpoint.path.replace(':id', id)) : [endpoint.path]
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
  const ids = await knownIds(world)
  const photos = await world.owner.query<{ id: string; transfer: string }>(
    'select id, transfer_id as transfer from transfers.photos',
  )
  const month = new Date().toISOString().slice(0, 7)
  const questions: Record<string, string[]> = {
    listHistory: ids.flatMap((id) =>
      ['order', 'fulfillment_order', 'product', 'rule', 'supplier', 'member', 'role'].map(
        (kind) => `?kind=${kind}&id=${id}`,
      ),
    ),
    getStatement: ['', ...[parties.P1.id, parties.P2.id].map((id) => `&clientId=${id}`)].map(
      (of) => `?month=${month}${of}`,
    ),
    lookUpCode: [...canaries.keys()].filter((word) => /code$/.test(word)).map((word) => `?code=${word}`),
    listOrders: [
      '?sort=placed',
      ...[...canaries.keys()].filter((word) => /tag$/.test(word)).map((tag) => `?productTag=${tag}`),
    ],
  }
  questions.exportStatement = questions.getStatement!
  const calls = registered.flatMap(({ name, endpoint: { method, path, response } }): string[] => {
    if (name === 'getTransferPhoto')
      return photos.rows.map(({ id, transfer }) => `GET ${path.replace(':id', transfer).replace(':photoId', id)}`)
    const rests = questions[name] ?? ('file' in response ? [cases[name]!.query ?? ''] : [])
    return rests.flatMap((rest) =>
      path.includes(':id')
        ? ids.map((id) => `${method} ${path.replace(':id', id)}${rest}`)
        : [`${method} ${path}${rest}`],
    )
  })
  const sightings: Sighting[] = []
  for (const who of people)
    for (const call of calls) {
      const body = call.startsWith('POST') ? (/privacy/.test(call) ? { orderIds: ids.slice(0, 1) } : {}) : undefined
      const answer = await world.as(who, call, body)
      sightings.push(...seen(who, call, textOf(answer)))
    }
  return sightings
}

const textOf = (answer: Answer) =>
  String(answer.headers['content-type']).includes('pdf') ? pdfText(answer.raw) : answer.bare

export const isLeak = ({ who, canary }: Sighting) => !mayRead(who, canary)
export const told = ({ who, path, word, canary }: Sighting) => `${who} ${path}: ${word} (${canary.kind})`
