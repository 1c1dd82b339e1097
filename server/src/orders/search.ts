/**
 * How words are found: we cut them ourselves (PostgreSQL's parser breaks SO-612345 and SKUs), keep them in lower case
 * without accents, and search by prefix as a range of the "C" collation.
 */

const maxTerms = 6

/** Lower case, accents off; what is neither letter nor digit separates, but `-_./` inside a word stay. */
const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const wordsIn = (text: string) => fold(text).match(/[\p{L}\p{N}]+(?:[-_./@+][\p{L}\p{N}]+)*/gu) ?? []

/** The terms of a query: each must match the beginning of a word of the order. */
export const searchTerms = (query: string): string[] =>
  [...new Set(wordsIn(query))].slice(0, maxTerms).map((word) => word.slice(0, 80))

/** The words under which a text is found: whole ones, and the parts of compound ones (`NW-011`: nw-011, 011). */
export function indexWords(...parts: string[]): string[] {
  const found = new Set<string>()
  for (const word of parts.flatMap(wordsIn)) {
    found.add(word.slice(0, 80))
    for (const part of word.split(/[-_./@+]/)) if (part.length > 1) found.add(part.slice(0, 80))
  }
  return [...found]
}

/** The least text above every text that begins with `prefix`, in the "C" collation (bytes of UTF-8 order like code points). */
export const upperBound = (prefix: string) => `${prefix}\u{10FFFF}`
