import { uuidv7 } from 'uuidv7'
import { json, sql } from '#kernel/db/sql.ts'
import { type Portal, type PortalAddress, urlOf } from '#kernel/door.ts'
import { hashToken, mintLinkToken } from '#kernel/tokens.ts'
import { defineMail } from '#notices'
import type { Identity } from '../identity.ts'
import { brandOf, instantIn, layOut } from '../mail-layout.ts'
import { type Facts, type Words, words } from './mail-words.ts'

/** What a person is told by mail of himself, and the page that the link in it opens. */
const pages = {
  reset: '/reset-password',
  'email-confirm': '/confirm-email',
  'email-cancel': '/keep-email',
  'new-device': '/settings/me',
  'password-changed': '/settings/me',
  'factors-ended': '/settings/me',
  'access-answered': '/settings/access',
  'colleague-joined': '/settings/me',
  'colleague-access': '/settings/me',
} as const
export type Notice = keyof typeof pages
/** Those whose link may do something by itself: it holds a token. */
const tokens: readonly Notice[] = ['reset', 'email-confirm', 'email-cancel']

/**
 * Owes a person a mail about himself, at most three of a kind an hour to one address. It is sent after the commit; nobody
 * of his account sees it or can reveal its link.
 */
export async function tell(
  identity: Identity,
  userId: string,
  notice: Notice,
  more: { recipient?: string; emailChangeId?: string; facts?: object; portal?: Portal | null } = {},
): Promise<void> {
  const recipient =
    more.recipient ??
    (await identity.first(sql<{ email: string }>`select email from identity.users where id = ${userId}`))!.email
  await identity.rows(sql`
    select access.tell_person(${uuidv7()}, ${userId}, ${notice}, ${recipient}, ${more.emailChangeId ?? null},
                              ${json({ ...more.facts, ...(more.portal && { portal: more.portal.accountId }) })})`)
}

for (const [notice, page] of Object.entries(pages) as [Notice, string][]) {
  defineMail(notice, {
    async link(ask, accountId, noticeId, deps) {
      const [portal] = await ask(sql<PortalAddress>`select * from portal.address_of_notice(${accountId}, ${noticeId})`)
      const base = portal ? urlOf(portal, deps) : deps.publicUrl
      if (!tokens.includes(notice)) return `${base}${page}`
      const token = mintLinkToken()
      const [minted] = await ask(
        sql<{ ok: boolean }>`select access.mint_person_token(${noticeId}, ${notice}, ${hashToken(token)}) as ok`,
      )
      // The token stands behind the #: it never reaches a server log or a Referer.
      return minted?.ok ? `${base}${page}#token=${token}` : undefined
    },
    async render(ask, accountId, noticeId, link, locale) {
      const [portal] = await ask(sql<PortalAddress>`select * from portal.address_of_notice(${accountId}, ${noticeId})`)
      const [facts] = await ask(sql<Facts>`select * from access.notice_for_mail(${noticeId})`)
      const say: Words = words[locale === 'fr' ? 'fr' : 'en'][notice]
      const at = instantIn(locale, facts!.timezone)
      return layOut({
        subject: say.subject,
        hello: locale === 'fr' ? `Bonjour ${facts!.name},` : `Hello ${facts!.name},`,
        body: say.body(facts!, at(facts!.created_at)),
        act: { words: say.act, link },
        note: say.note,
        brand: portal && (await brandOf(ask, accountId)),
      })
    },
  })
}
