import { i18n } from '@lingui/core'
import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { ApiProblem, api, onlyLook, type ResponseOf } from './api.ts'
import { firstLanguage, type Language, speak } from './i18n.ts'
import { base } from './portal.ts'
import { preference } from './preferences.ts'
import type { Permission } from './words.ts'

export type Me = ResponseOf<'GET /me'>

/** Who is signed in and what he may do; `null` when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      const me = await api('GET /me', { signal }).catch((error) => {
        // A view is over, and its cookie gone with this answer: asked again, it is oneself.
        if (error instanceof ApiProblem && error.code === 'view_ended') return api('GET /me', { signal })
        throw error
      })
      onlyLook(me.viewing !== null)
      await staySide(me.audience)
      if (!me.viewing && !preference.read('language') && me.user.locale !== i18n.locale) await speak(me.user.locale)
      return me
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null
      throw error
    }
  },
  staleTime: 60_000,
})

let side: Me['audience'] | null = null
/** A look at what a client sees began or ended in another window: this one has the pages of the other side, and begins anew. */
async function staySide(audience: Me['audience']) {
  const before = side
  side = audience
  if (before === null || before === audience || (before !== 'client' && audience !== 'client')) return
  location.assign(`${base}/`)
  await new Promise(() => {})
}

/** The person using the page. Only under the signed-in routes, where there always is one. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery)
  if (!data) throw new ApiProblem(401, { code: 'signed_out' })
  return data
}

/**
 * Answers whether the person holds a permission: `can('orders:hold')`. The page hides what he cannot do; the server
 * refuses it all the same.
 */
export function useCan(): (permission: Permission) => boolean {
  const { permissions, viewing } = useMe()
  return (permission) => permissions.includes(permission) && (!viewing || shows.test(permission))
}
/** What shows rather than does: who looks as somebody else changes nothing. */
const shows = /:(read|recipient|contact|amounts|notes|prices|costs|averages|own-records)$/

/** Changes the language of the page, remembers it here and, for somebody signed in, for his other devices. */
export function useLanguageChoice() {
  const client = useQueryClient()
  return async (language: Language) => {
    preference.write('language', language)
    await speak(language)
    if (!client.getQueryData(meQuery.queryKey)) return
    await api('PATCH /me', { body: { locale: language } }).catch(() => undefined)
  }
}

export const startLanguage = () => speak(firstLanguage())
