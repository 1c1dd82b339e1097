import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Deps, Dns } from '#kernel/deps.ts'

/** What a look at DNS may miss: the way here, the proof, or any answer. */
export type Missed = 'address' | 'proof' | 'no_answer'

/** The records that make a host name the portal's: one leads here (to numbers, where the desk has no name), the other proves whose it is. */
export const recordsOf = (domain: string, token: string, deps: Deps) => [
  { type: leading(deskOf(deps)), name: domain, value: deskOf(deps) },
  { type: 'TXT' as const, name: proofOf(domain), value: `crossdock=${token}` },
]
const deskOf = ({ publicUrl }: Deps) => new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')
const leading = (desk: string) => (['CNAME', 'A', 'AAAA'] as const)[[0, 4, 6].indexOf(isIP(desk))]!
const proofOf = (domain: string) => `_crossdock.${domain}`

/** Looks whether a host name leads to this server and says that it is the account's; undefined where it does both. */
export async function lookUp(domain: string, token: string, deps: Deps): Promise<Missed | undefined> {
  const dns = deps.dns ?? publicDns
  const desk = deskOf(deps)
  try {
    const [here, there, proofs] = await Promise.all([
      isIP(desk) ? [desk] : dns.addresses(desk),
      dns.addresses(domain),
      dns.texts(proofOf(domain)),
    ])
    if (!there.some((address) => here.includes(address))) return 'address'
    return proofs.includes(`crossdock=${token}`) ? undefined : 'proof'
  } catch {
    return 'no_answer'
  }
}

/** However many servers there are to ask, and however slowly somebody's own answers: no longer than this, in milliseconds. */
const longest = 6_000
const inTime = async <T>(ask: (resolver: Resolver) => Promise<T>): Promise<T> => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  const end = setTimeout(() => resolver.cancel(), longest)
  try {
    return await ask(resolver)
  } finally {
    clearTimeout(end)
  }
}
/** None is an answer; no answer is none. */
const orNone = (error: NodeJS.ErrnoException): string[] => {
  if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') return []
  throw error
}
const publicDns: Dns = {
  addresses: (name) =>
    inTime(async (resolver) => {
      const both = await Promise.all([resolver.resolve4(name).catch(orNone), resolver.resolve6(name).catch(orNone)])
      return both.flat()
    }),
  texts: (name) =>
    inTime((resolver) =>
      resolver
        .resolveTxt(name)
        .then((records) => records.map((parts) => parts.join('')))
        .catch(orNone),
    ),
}
