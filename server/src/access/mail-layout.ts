import type { Mail } from '#notices'

const inHtml = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)

/** What our mails look like: greeting, what happened, at most one thing to do, and the small print. */
export function layOut(words: {
  subject: string
  hello: string
  body: string[]
  act?: { words: string; link: string }
  note: string
}): Mail {
  const { subject, hello, body, act, note } = words
  const lines = [hello, ...body, ...(act ? [`${act.words}:\n${act.link}`] : []), note]
  const button = act
    ? `<p style="margin:24px 0"><a href="${inHtml(act.link)}" style="background:#0b6e69;color:#fff;padding:10px 18px;border-radius:6px;text-decoration:none">${inHtml(act.words)}</a></p>`
    : ''
  const html = `<div style="font:15px/1.5 Inter,Segoe UI,Helvetica,Arial,sans-serif;color:#171c22;max-width:520px">
      ${[hello, ...body].map((text) => `<p>${inHtml(text)}</p>`).join('')}
      ${button}
      <p style="color:#56616e;font-size:13px">${inHtml(note)}</p></div>`
  return { subject, text: lines.join('\n\n'), html }
}

/** An instant as people of that language and zone write it. */
export const instantIn = (locale: string, timeZone: string) => (at: string) =>
  new Intl.DateTimeFormat(locale === 'fr' ? 'fr' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(at))
