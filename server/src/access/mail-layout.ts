import { sql } from '#kernel/db/sql.ts'
import { safeColors } from '#kernel/readable-colors.ts'
import type { Ask, Mail } from '#notices'

/** In whose name clients of an account are written to: that of its portal. */
export interface Brand {
  name: string
  color: string
  sender: string
  footer: string
}
export const brandOf = async (ask: Ask, accountId: string) =>
  (await ask(sql<Brand>`select name, color, sender, footer from portal.face_of(${accountId})`))[0]!

const inHtml = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)

/**
 * What our mails look like: greeting, what happened, at most one thing to do, and the small print. With a brand it comes from
 * the portal, in its colour and under its name instead of ours.
 */
export function layOut(words: {
  subject: string
  hello: string
  body: string[]
  act?: { words: string; link: string }
  note: string
  brand?: Brand | undefined
}): Mail {
  const { brand, act } = words
  const named = (text: string) => (brand ? text.replaceAll('Crossdock', brand.name) : text)
  const [subject, hello, note] = [named(words.subject), named(words.hello), named(words.note)]
  const body = words.body.map(named)
  const fill = brand?.color ? safeColors(brand.color).fill : '#0b6e69'
  const lines = [
    hello,
    ...body,
    ...(act ? [`${act.words}:\n${act.link}`] : []),
    note,
    ...(brand?.footer ? [brand.footer] : []),
  ]
  const button = act
    ? `<p style="margin:24px 0"><a href="${inHtml(act.link)}" style="background:${fill};color:#fff;padding:10px 18px;border-radius:6px;text-decoration:none">${inHtml(act.words)}</a></p>`
    : ''
  const html = `<div style="font:15px/1.5 Inter,Segoe UI,Helvetica,Arial,sans-serif;color:#171c22;max-width:520px">
      ${[hello, ...body].map((text) => `<p>${inHtml(text)}</p>`).join('')}
      ${button}
      ${[note, ...(brand?.footer ? [brand.footer] : [])].map((text) => `<p style="color:#56616e;font-size:13px">${inHtml(text)}</p>`).join('')}</div>`
  return { subject, text: lines.join('\n\n'), html, ...(brand && { sender: brand.sender }) }
}

/** An instant as people of that language and zone write it. */
export const instantIn = (locale: string, timeZone: string) => (at: string) =>
  new Intl.DateTimeFormat(locale === 'fr' ? 'fr' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(at))
