import { sql } from '#kernel/db/sql.ts'
import { hashToken, mintLinkToken } from '#kernel/tokens.ts'
import { defineMail } from '#notices'

interface Facts {
  account_name: string
  party_name: string | null
  invited_by: string
  expires_at: string
  timezone: string
}

const words = {
  en: {
    subject: (facts: Facts) => `${facts.account_name} invites you to Crossdock`,
    hello: 'Hello,',
    body: ({ account_name, party_name, invited_by }: Facts) =>
      party_name
        ? `${invited_by} of ${account_name} invites you to ship orders for ${account_name} on behalf of ${party_name}.`
        : `${invited_by} of ${account_name} invites you to work on its orders.`,
    act: 'Accept and set your password',
    note: (until: string) => `The link works once, until ${until}. If you did not expect this mail, you can ignore it.`,
  },
  fr: {
    subject: (facts: Facts) => `${facts.account_name} vous invite sur Crossdock`,
    hello: 'Bonjour,',
    body: ({ account_name, party_name, invited_by }: Facts) =>
      party_name
        ? `${invited_by} (${account_name}) vous invite à expédier des commandes au nom de votre société, ${party_name}.`
        : `${invited_by} (${account_name}) vous invite à travailler sur les commandes de l’entreprise.`,
    act: 'Accepter et choisir votre mot de passe',
    note: (until: string) =>
      `Ce lien ne sert qu’une fois, jusqu’au ${until}. Si vous n’attendiez pas ce message, ignorez-le.`,
  },
}

const inHtml = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)

defineMail('invitation', {
  async link(ask, accountId, invitationId, deps) {
    const token = mintLinkToken()
    const [minted] = await ask(
      sql<{
        ok: boolean
      }>`select access.mint_invitation_token(${accountId}, ${invitationId}, ${hashToken(token)}) as ok`,
    )
    // The token stands behind the #: it never reaches a server log or a Referer.
    return minted?.ok ? `${deps.publicUrl}/invitation#token=${token}` : undefined
  },
  async render(ask, accountId, invitationId, link, locale) {
    const [row] = await ask(sql<Facts>`select * from access.invitation_for_mail(${accountId}, ${invitationId})`)
    const facts = row!
    const say = words[locale === 'fr' ? 'fr' : 'en']
    const format = { dateStyle: 'long', timeStyle: 'short', timeZone: facts.timezone } as const
    const until = new Intl.DateTimeFormat(locale === 'fr' ? 'fr' : 'en-GB', format).format(new Date(facts.expires_at))
    const lines = [say.hello, say.body(facts), `${say.act}:\n${link}`, say.note(until)]
    const html = `<div style="font:15px/1.5 Inter,Segoe UI,Helvetica,Arial,sans-serif;color:#171c22;max-width:520px">
      <p>${inHtml(say.hello)}</p><p>${inHtml(say.body(facts))}</p>
      <p style="margin:24px 0"><a href="${inHtml(link)}" style="background:#0b6e69;color:#fff;padding:10px 18px;border-radius:6px;text-decoration:none">${inHtml(say.act)}</a></p>
      <p style="color:#56616e;font-size:13px">${inHtml(say.note(until))}</p></div>`
    return { subject: say.subject(facts), text: lines.join('\n\n'), html }
  },
})
