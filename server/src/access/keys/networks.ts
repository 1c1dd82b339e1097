import { isIP } from 'node:net'
import { invalid } from '#kernel/problem.ts'

/**
 * Networks as they are kept: an address alone is a network of one.
 * @throws Problem invalid_request naming what is no network
 */
export function readNetworks(given: readonly string[]): string[] {
  return given.map((text) => {
    const [address = '', prefix, ...more] = text.trim().split('/')
    const family = address.includes('%') ? 0 : isIP(address)
    const widest = family === 4 ? 32 : 128
    const bits = prefix === undefined ? widest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1
    if (family === 0 || more.length > 0 || bits < 0 || bits > widest)
      throw invalid('networks', `"${text}" is not a network such as 203.0.113.0/24 or 2001:db8::/48`)
    return `${address}/${bits}`
  })
}
