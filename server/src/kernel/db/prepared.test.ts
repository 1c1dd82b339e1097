import { describe, expect, it } from 'vitest'
import { useWorld } from '../../testing/world.ts'
import { Prepared } from './prepared.ts'

/** The name a text gets when it comes the second time. */
const nameOf = (prepared: Prepared, text: string) => [prepared.take(text), prepared.take(text)][1]!.name

describe('statements that come again', () => {
  it('get a name the second time, and are known from the third on', () => {
    const prepared = new Prepared()
    expect(prepared.take('a')).toEqual({ name: '', known: false })
    const second = prepared.take('a')
    expect([second.name === '', second.known]).toEqual([false, false])
    expect(prepared.take('a')).toEqual({ name: second.name, known: true })
  })

  it('are given up when they were not used for long, or PostgreSQL refused them', () => {
    const prepared = new Prepared()
    const name = nameOf(prepared, 'old')
    for (let count = 0; count < 200; count++) prepared.take(`statement ${count}`)
    expect(prepared.dropped()).toEqual([name])
    expect(prepared.take('old').known).toBe(false)

    const refused = nameOf(prepared, 'refused')
    prepared.forget(['refused'])
    expect(prepared.dropped()).toEqual([refused])
    expect(prepared.take('refused')).toEqual({ name: '', known: false })
  })
})

describe('a connection with prepared statements', () => {
  const world = useWorld()

  it('goes on where a newer version changed a table beside it', async () => {
    const ask = () => world.as('A1', 'POST /orders', { number: '1', lines: [{ sku: 'A', quantity: 1 }] })
    const list = async () => (await world.as('A1', 'GET /orders')).body.items.length
    expect((await ask()).status).toBe(201)
    for (let count = 0; count < 8; count++) expect(await list()).toBe(1)
    await world.owner.query('alter table orders.orders alter column line_count type bigint')
    for (let count = 0; count < 4; count++) expect(await list()).toBe(1)
  })

  it('goes on after refusals', async () => {
    for (let count = 0; count < 6; count++) {
      expect((await world.as('A1', 'POST /orders', { number: '2', lines: [{ sku: 'A', quantity: 1 }] })).status).toBe(
        count === 0 ? 201 : 409,
      )
      expect((await world.as('C1', 'GET /members')).status).toBe(403)
    }
  })
})
