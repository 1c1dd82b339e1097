import { sql } from '#kernel/db/sql.ts'
import { type PortalAddress, urlOf } from '#kernel/door.ts'
import { hashToken, mintLinkToken } from '#kernel/tokens.ts'
import { defineMail } from '#notices'
import { brandOf, instantIn, layOut } from './mail-layout.ts'

interface Facts {
  account_name: string
  party_name: string | null
  audience: 'staff' | 'client' | 'supplier'
  invited_by: string
  expires_at: string
  timezone: string
}

const words = {
  en: {
    subject: ({ account_name, audience }: Facts) =>
      audience === 'client'
        ? `${account_name} invites you to its customer portal`
        : `${account_name} invites you to Crossdock`,
    hello: 'Hello,',
    body: ({ account_name, party_name, audience, invited_by }: Facts) =>
      audience === 'client'
        ? `${invited_by} of ${account_name} invites you to follow the orders and stock of ${party_name} in its customer portal. You choose your password yourself: nobody at ${account_name} ever sees it.`
        : party_name
          ? `${invited_by} of ${account_name} invites you to ship orders for ${account_name} on behalf of ${party_name}.`
          : `${invited_by} of ${account_name} invites you to work on its orders.`,
    act: 'Accept and set your password',
    note: (until: string) => `The link works once, until ${until}. If you did not expect this mail, you can ignore it.`,
  },
  fr: {
    subject: ({ account_name, audience }: Facts) =>
      audience === 'client'
        ? `${account_name} vous invite sur son portail client`
        : `${account_name} vous invite sur Crossdock`,
    hello: 'Bonjour,',
    body: ({ account_name, party_name, audience, invited_by }: Facts) =>
      audience === 'client'
        ? `${invited_by} (${account_name}) vous invite à suivre les commandes et le stock de ${party_name} sur son portail client. Vous choisissez vous-même votre mot de passe : personne chez ${account_name} ne le voit.`
        : party_name
          ? `${invited_by} (${account_name}) vous invite à expédier des commandes au nom de votre société, ${party_name}.`
          : `${invited_by} (${account_name}) vous invite à travailler sur les commandes de l’entreprise.`,
    act: 'Accepter et choisir votre mot de passe',
    note: (until: string) =>
      `Ce lien ne sert qu’une fois, jusqu’au ${until}. Si vous n’attendiez pas ce message, ignorez-le.`,
  },
}

defineMail('invitation', {
  async link(ask, accountId, invitationId, deps) {
    const token = mintLinkToken()
    const [minted] = await ask(
      sql<{
        ok: boolean
      }>`select access.mint_invitation_token(${accountId}, ${invitationId}, ${hashToken(token)}) as ok`,
    )
    // The token stands behind the #: it never reaches a server log or a Referer.
    if (!minted?.ok) return undefined
    const [portal] = await ask(
      sql<PortalAddress>`select * from portal.address_of_invitation(${accountId}, ${invitationId})`,
    )
    return `${portal ? urlOf(portal, deps) : deps.publicUrl}/invitation#token=${token}`
  },
  async render(ask, accountId, invitationId, link, locale) {
    const [row] = await ask(sql<Facts>`select * from access.invitation_for_mail(${accountId}, ${invitationId})`)
    const brand = row!.audience === 'client' ? await brandOf(ask, accountId) : undefined
    const say = words[locale === 'fr' ? 'fr' : 'en']
    const until = instantIn(locale, row!.timezone)(row!.expires_at)
    return layOut({
      subject: say.subject(row!),
      hello: say.hello,
      body: [say.body(row!)],
      act: { words: say.act, link },
      note: say.note(until),
      brand,
    })
  },
})
