import { isIP } from 'node:net'
import { domainToASCII, domainToUnicode } from 'node:url'
import { invalid, Problem } from '#kernel/problem.ts'

/** Names that no public DNS knows. */
const privateEnds = /\.(localhost|local|internal|intranet|lan|home|corp|invalid|onion|arpa)$/
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/**
 * A host name as DNS knows it, from what somebody typed.
 * @param desk the host name of the desk: it, what is above it and what is below it are the installation's own
 * @throws Problem invalid_request with what is wrong, already_exists for the desk's own names
 */
export function readDomain(typed: string, desk: string): string {
  const text = typed.trim().toLowerCase().replace(/\.$/, '')
  if (/[/:@\s?#]/.test(text))
    throw invalid('domain', 'is a host name alone, such as portal.example.com, without https://, port or path')
  if (text.includes('*')) throw invalid('domain', 'must be one host name, not a wildcard')
  if (isIP(text)) throw invalid('domain', 'must be a host name, not an address of numbers')
  const domain = domainToASCII(text)
  const labels = domain.split('.')
  if (
    labels.length < 2 ||
    domain.length > 253 ||
    !labels.every((one) => label.test(one)) ||
    /^\d+$/.test(labels.at(-1)!)
  )
    throw invalid('domain', 'is not a host name such as portal.example.com')
  const shown = domainToUnicode(domain)
  // What begins with xn-- and stands for nothing: it comes back empty, or as it was.
  if (/^$|(^|\.)xn--/.test(shown)) throw invalid('domain', 'is not a host name such as portal.example.com')
  if (privateEnds.test(`.${domain}`)) throw invalid('domain', 'ends in a name that is not in public DNS')
  const odd = shown.split('.').find(looksLikeAnother)
  if (odd !== undefined)
    throw invalid(
      'domain',
      `has a part that reads like another name: “${odd}” mixes alphabets or imitates Latin letters`,
    )
  if (domain === desk || desk.endsWith(`.${domain}`) || domain.endsWith(`.${desk}`))
    throw new Problem('already_exists', 'This name belongs to the server itself. Choose one of your own domain.', {
      errors: [{ field: 'domain', message: 'belongs to the server itself' }],
    })
  return domain
}

const scripts = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Thai',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
  'Cherokee',
  'Georgian',
].map((name) => ({ name, is: new RegExp(`\\p{Script=${name}}`, 'u') }))
/** Which alphabets one word may be written in together. */
const together = [
  ['Han', 'Hiragana', 'Katakana'],
  ['Han', 'Bopomofo'],
  ['Han', 'Hangul'],
]
/** Letters of other alphabets that nobody tells from Latin ones. */
const imitations = /^[асԁеһіјӏоррԛѕԝхуьԍгпткзвмнαονρτυικχωɑɩı0-9-]+$/u

/** Whether a part of a host name is made to be taken for another: several alphabets in one, or imitated Latin letters alone. */
function looksLikeAnother(part: string): boolean {
  const used = scripts.filter(({ is }) => is.test(part)).map(({ name }) => name)
  if (used.length > 1) return !together.some((set) => used.every((name) => set.includes(name)))
  return (used[0] === 'Cyrillic' || used[0] === 'Greek') && imitations.test(part)
}
