import { lookup as resolve } from 'node:dns'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** How long an answer may take, and how large it may be: whoever is asked is not trusted. */
const milliseconds = 10_000
const bytes = 1_000_000

const inside = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(network, prefix, 'ipv4')
// Of IPv6 only 2000::/3 is given out; in it, these carry other addresses inside or are examples.
const outside = new BlockList()
outside.addSubnet('2000::', 3, 'ipv6')
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inside.addSubnet(network, prefix, 'ipv6')

/** Whether an address is one of the open internet, and not of this machine, this network or a cloud's own. */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !inside.check(address, 'ipv4')
  return family === 6 && outside.check(address, 'ipv6') && !inside.check(address, 'ipv6')
}

/** Why an address was not asked, or its answer not taken; the message is a sentence for a person. */
export class Unreachable extends Error {}

/**
 * What an address must be like to be asked at all.
 * @throws Unreachable
 */
export function checkAddress(text: string, allowPrivate: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || text.length > 500) throw new Unreachable('This is not an address such as https://login.example.com.')
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
    throw new Unreachable('The address must begin with https://.')
  if (url.username || url.password) throw new Unreachable('The address must not contain a name or a password.')
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const isLocal = isIP(host)
    ? !isPublic(host)
    : host === 'localhost' || host.endsWith('.localhost') || !host.includes('.')
  if (isLocal && !allowPrivate)
    throw new Unreachable('The address is inside of a network: only the open internet is asked.')
  return url
}

/** Every address that a name stands for must be public: checked where the connection is made, so that no second answer of the name counts. */
const publicLookup: LookupFunction = (host, options, done) => {
  resolve(host, { ...options, all: true }, (error, found) => {
    const within = found?.find(({ address }) => !isPublic(address))
    if (error || within || found.length === 0) {
      const reason = error ?? new Unreachable('The name leads inside of a network: only the open internet is asked.')
      done(reason, '', 0)
    } else if (options.all) (done as unknown as (error: null, found: unknown) => void)(null, found)
    else done(null, found[0]!.address, found[0]!.family)
  })
}

interface Asked {
  method?: string | undefined
  headers?: Record<string, string> | undefined
  body?: string | undefined
}

/**
 * Asks an address of the open internet: https, no way inside, no redirect followed, within ten seconds and a megabyte.
 * `allowPrivate` is the operator's word (and the tests'): then http and inner addresses are asked too.
 * @throws Unreachable
 */
export async function publicFetch(address: string, asked: Asked, allowPrivate: boolean): Promise<Response> {
  const url = checkAddress(address, allowPrivate)
  const send = url.protocol === 'https:' ? secure : plain
  return await new Promise<Response>((answered, failed) => {
    const fail = (error: unknown) =>
      failed(
        error instanceof Unreachable
          ? error
          : new Unreachable(`${url.host} does not answer: ${(error as Error).message}`),
      )
    const request = send(
      url,
      {
        method: asked.method ?? 'GET',
        headers: asked.headers,
        signal: AbortSignal.timeout(milliseconds),
        agent: false,
        ...(allowPrivate ? {} : { lookup: publicLookup }),
      },
      (response) => {
        const parts: Buffer[] = []
        let size = 0
        response.on('data', (part: Buffer) => {
          size += part.length
          if (size > bytes) request.destroy(new Unreachable(`${url.host} answers with too much.`))
          parts.push(part)
        })
        response.on('error', fail)
        response.on('end', () => {
          const headers = new Headers()
          for (const [name, value] of Object.entries(response.headers)) headers.set(name, String(value))
          const status = response.statusCode ?? 500
          const isEmpty = [204, 205, 304].includes(status)
          answered(new Response(isEmpty ? null : Buffer.concat(parts), { status, headers }))
        })
      },
    )
    request.on('error', fail)
    request.end(asked.body)
  })
}
