/**
 * Checks the texts of the web app: every text in the code is in the catalogues, no French text is missing or broken.
 *
 *   node tools/check-texts.ts          says what is wrong, changes nothing; exit 1 if something is
 *   node tools/check-texts.ts --write  brings the catalogues up to date first; then only the missing French is left
 */
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createCompiledCatalog, getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'

const write = process.argv.includes('--write')
const config = getConfig({ configPath: resolve(import.meta.dirname, '../web/lingui.config.ts') })
const [catalog] = await getCatalogs(config)
if (!catalog) throw new Error('web/lingui.config.ts names no catalogue')

const files = config.locales.map((locale) => catalog.getFilename(locale))
const before = await Promise.all(files.map(readOrNothing))
const extracted = await catalog.make({ clean: true, overwrite: false, orderBy: config.orderBy })
const complaints: string[] = extracted ? [] : ['The texts could not be read from the code; see above.']
if (write) await Promise.all(files.map(setFrenchSpaces))
const after = await Promise.all(files.map(readOrNothing))

for (const [place, locale] of config.locales.entries()) {
  if (!write && before[place] !== after[place]) {
    complaints.push(`web/src/locales/${locale}.po is out of date: run "node tools/check-texts.ts --write".`)
  }
  const { messages, missing } = await catalog.getTranslations(locale, {
    sourceLocale: config.sourceLocale,
    fallbackLocales: {},
  })
  for (const { source } of locale === config.sourceLocale ? [] : missing) {
    complaints.push(`No ${locale} text for: ${source}`)
  }
  for (const { source, error } of createCompiledCatalog(locale, messages, {}).errors) {
    complaints.push(`Broken ${locale} text: ${source}\n  ${error.message}`)
  }
  if (locale !== 'fr') continue
  for (const text of Object.values(messages).filter((text) => withFrenchSpaces(text) !== text)) {
    complaints.push(`French wants a no-break space before : ; ? ! » (--write sets it): ${text}`)
  }
}
if (!write) await Promise.all(files.map((file, place) => writeFile(file, before[place] ?? '')))

for (const complaint of complaints) console.error(complaint)
console.log(complaints.length ? `${complaints.length} to mend.` : 'Every text is there in every language.')
process.exitCode = complaints.length ? 1 : 0

async function setFrenchSpaces(file: string) {
  if (!file.endsWith('fr.po')) return
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/^msgstr .*$/gm, withFrenchSpaces))
}

/** Narrow no-break space before ; ? ! and a full one before : and inside « ». */
function withFrenchSpaces(text: string): string {
  return text
    .replace(/ (?=[;?!](?!\w))/g, '\u202f')
    .replace(/ (?=:(?!\w)|»)/g, '\u00a0')
    .replace(/« /g, '«\u00a0')
}

async function readOrNothing(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null)
}
