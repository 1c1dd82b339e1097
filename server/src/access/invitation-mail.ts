import { sql } from '#kernel/db/sql.ts'
import { hashToken, mintLinkToken } from '#kernel/tokens.ts'
import { defineMail } from '#notices'

const words = {
  en: {
    subject: (account: string) => `${account} invites you to Crossdock`,
    hello: 'Hello,',
    body: (account: string, role: string) => `${account} invites you to work on its orders (${role}).`,
    act: 'Set your password',
    note: 'The link works once. If you did not expect this mail, you can ignore it.',
  },
  fr: {
    subject: (account: string) => `${account} vous invite sur Crossdock`,
    hello: 'Bonjour,',
    body: (account: string, role: string) => `${account} vous invite à travailler sur ses commandes (${role}).`,
    act: 'Choisir votre mot de passe',
    note: 'Ce lien ne sert qu’une fois. Si vous n’attendiez pas ce message, ignorez-le.',
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
    const [row] = await ask(sql<{ account: string; role: string }>`
      select account_name as account, role_name as role from access.invitation_for_mail(${accountId}, ${invitationId})`)
    const say = words[locale === 'fr' ? 'fr' : 'en']
    const lines = [say.hello, say.body(row!.account, row!.role), `${say.act}: ${link}`, say.note]
    const html = `<div style="font:15px/1.5 Inter,Segoe UI,Helvetica,Arial,sans-serif;color:#1b2430;max-width:520px">
      <p>${inHtml(say.hello)}</p><p>${inHtml(say.body(row!.account, row!.role))}</p>
      <p><a href="${inHtml(link)}" style="background:#0f766e;color:#fff;padding:10px 18px;border-radius:6px;text-decoration:none">${inHtml(say.act)}</a></p>
      <p style="color:#5b6675;font-size:13px">${inHtml(say.note)}</p></div>`
    return { subject: say.subject(row!.account), text: lines.join('\n\n'), html }
  },
})
