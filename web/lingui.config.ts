import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

// No fallback locale: a missing French text must be found by the check, not covered by English.
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'fr'],
  catalogs: [{ path: '<rootDir>/src/locales/{locale}', include: ['<rootDir>/src'] }],
  // One line a text, in the order of the texts: two people who add pages rarely touch the same lines.
  format: formatter({ origins: false, lineNumbers: false, printPlaceholdersInComments: false }),
  orderBy: 'message',
})
