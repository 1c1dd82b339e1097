import { i18n, type Messages } from '@lingui/core'
import { portal } from './portal.ts'
import { preference } from './preferences.ts'

export const languages = { en: 'English', fr: 'Français' } as const
export type Language = keyof typeof languages

const catalogues: Record<Language, () => Promise<{ messages: Messages }>> = {
  en: () => import('./locales/en.po'),
  fr: () => import('./locales/fr.po'),
}

const isLanguage = (word: string | null | undefined): word is Language => !!word && word in languages

/** The language to start in: what the person chose here before, else the portal's, else the first one of the browser that we speak. */
export function firstLanguage(): Language {
  const chosen = preference.read('language')
  if (isLanguage(chosen)) return chosen
  if (portal) return portal.locale
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en'
}

/** Loads the texts of a language and shows the page in it; the choice is not remembered by this. */
export async function speak(language: string) {
  const known = isLanguage(language) ? language : 'en'
  const { messages } = await catalogues[known]()
  i18n.loadAndActivate({ locale: known, messages })
  document.documentElement.lang = known
}

/**
 * The locale for numbers and dates: the browser's own region where it fits the language (`en-GB` for a British
 * reader of English), so that a date is not read the wrong way round.
 */
export function formatLocale(): string {
  const own = navigator.languages.find((tag) => tag.length > 2 && tag.slice(0, 2) === i18n.locale)
  return own ?? (i18n.locale === 'en' ? 'en-GB' : i18n.locale)
}
