import { invalid } from '#kernel/problem.ts'

/** A text without blanks around it. @throws Problem invalid_request where nothing is left */
export function required(field: string, text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') throw invalid(field, 'must not be blank')
  return trimmed
}

/** Tags without blanks around them, each once; a tag may contain commas. */
export const trimmedTags = (field: string, tags: readonly string[]): string[] => [
  ...new Set(tags.map((tag) => required(field, tag))),
]
