/**
 * The part of an address after `?`, as plain as people write it: `?status=on_hold&status=shipped&q=dupont`. A name that
 * comes twice is a list. Every value is a string; each route says in `validateSearch` what it takes.
 */
export type SearchWords = Record<string, string | string[]>

export function readSearch(text: string): SearchWords {
  const words: SearchWords = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const before = words[name]
    words[name] = before === undefined ? value : [before, value].flat()
  }
  return words
}

export function writeSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') params.append(name, String(one))
    }
  }
  return params.size ? `?${params}` : ''
}

/** One value of a search parameter, or undefined. */
export const oneOf = (value: unknown): string | undefined => {
  const first = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first !== '' ? first : undefined
}

/** All values of a search parameter, or undefined where there are none. */
export const listOf = (value: unknown): string[] | undefined => {
  const list = [value].flat().filter((one): one is string => typeof one === 'string' && one !== '')
  return list.length ? list : undefined
}
