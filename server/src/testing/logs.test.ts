import { describe, expect, it } from 'vitest'
import { describeError } from '../logging.ts'
import { spawnServer } from './spawned.ts'
import { useWorld } from './world.ts'

const planted = 'plantedsecret73914'

describe('the log', () => {
  const world = useWorld()

  it('229 230 names a fault by the id that the page shows, and holds nothing that was sent', async () => {
    const server = await spawnServer(world, { LOG: '1', CROSSDOCK_FAILPOINT: 'answer.before_send:1:throw' })
    // Whatever is sent: in the address, the body, the headers, as a token; refused, not found, and answered by a fault.
    const broken = await server.as('A1', 'PATCH /me', { locale: 'fr' }, { 'user-agent': planted })
    expect(broken.status).toBe(500)
    const { requestId } = (await broken.json()) as { requestId: string }
    await server.as('A1', `GET /orders?q=${planted}`)
    await server.as('A1', `GET /orders/${planted}`)
    await server.as('A1', 'POST /products', { sku: planted, name: planted, wrong: planted })
    await server.as(null, 'POST /session', { email: `${planted}@example.com`, password: planted })
    await fetch(`${server.url}/${planted}?token=${planted}`, { headers: { cookie: `crossdock_session=${planted}` } })
    await server.kill('SIGTERM')
    const log = server.output()
    expect(log).toContain('"msg":"request completed"')
    expect(log).not.toContain(planted)
    expect(log.split('\n').find((line) => line.includes('"msg":"unexpected"'))).toContain(requestId)
  })

  it('keeps of what PostgreSQL refused its code, since its message quotes the value', () => {
    const error = Object.assign(new Error(`invalid input syntax for type uuid: "${planted}"`), {
      severity: 'ERROR',
      code: '22P02',
    })
    const line = JSON.stringify(describeError(error))
    expect(line).toContain('22P02')
    expect(line).toContain('logs.test.ts')
    expect(line).not.toContain(planted)
  })
})
