/**
 * The second floor: Node's own HTTP server with the statements written by hand over `pg`, as the superuser. No rights, no
 * validation, no contract; `POST /<screen>` with the values, answered with the rows.
 */
import { createServer } from 'node:http'
import pg from 'pg'
import { byHand, type Screen } from './by-hand.ts'

const pool = new pg.Pool({ ...JSON.parse(process.env.BENCH_DATABASE!), max: 10 })
const server = createServer(async (request, response) => {
  const [screen, values] = JSON.parse(decodeURIComponent(request.url!.slice(1))) as [Screen, unknown[][]]
  const client = await pool.connect()
  const results: unknown[][] = []
  for (const [index, text] of byHand[screen].entries())
    results.push((await client.query({ name: `${screen} ${index}`, text, values: values[index]! })).rows)
  client.release()
  const body = JSON.stringify(results)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
})
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'))
process.on('SIGTERM', () => process.exit(0))
