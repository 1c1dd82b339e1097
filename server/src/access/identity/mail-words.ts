import type { Notice } from './mails.ts'

export interface Facts {
  name: string
  old_email: string | null
  new_email: string | null
  facts: {
    agent?: string
    network?: string
    by?: string
    /** A colleague at a client, and what he may see there. */
    who?: string
    email?: string
    stores?: string[]
    warehouses?: string[]
  } & Partial<Answered>
  created_at: string
  timezone: string
}
/** What became of a request for access. */
interface Answered {
  account: string
  state: 'granted' | 'refused'
  permission: string | null
  note: string
  answer: string
}
export interface Words {
  subject: string
  body(facts: Facts, at: string): string[]
  act: string
  note: string
}

const listOf = (names: string[] = []) => names.join(', ') || '–'

const en: Record<Notice, Words> = {
  reset: {
    subject: 'Set a new password for Crossdock',
    body: () => ['Somebody, probably you, asked to set a new password for your sign-in.'],
    act: 'Set a new password',
    note: 'The link works once, within an hour. If it was not you, do nothing: your password stays as it is.',
  },
  'email-confirm': {
    subject: 'Confirm your new e-mail address',
    body: ({ old_email, new_email }) => [`You asked to sign in as ${new_email} instead of ${old_email}.`],
    act: 'Confirm the new address',
    note: 'The link works once, within a day. Until then nothing changes. If it was not you, do nothing.',
  },
  'email-cancel': {
    subject: 'Your e-mail address is being changed',
    body: ({ new_email }, at) => [
      `On ${at} somebody who was signed in as you asked to sign in as ${new_email} from now on.`,
      'If it was you, there is nothing to do here: confirm it in the mail that went to the new address.',
    ],
    act: 'It was not me: keep this address',
    note: 'This link works for 7 days, also after the change. It brings this address back and ends every session.',
  },
  'new-device': {
    subject: 'A sign-in from a new device',
    body: ({ facts }, at) => [
      `On ${at} you signed in from a browser that you have not used before.`,
      `Network: ${facts.network}. Browser: ${facts.agent || 'it does not say'}.`,
    ],
    act: 'See your sessions',
    note: 'If it was not you: end that session there, and change your password.',
  },
  'password-changed': {
    subject: 'Your password was changed',
    body: (_facts, at) => [`On ${at} the password of your sign-in was changed. Your other sessions have ended.`],
    act: 'See your account',
    note: 'If it was not you: ask for a new password on the sign-in page at once.',
  },
  'factors-ended': {
    subject: 'Your second factor was ended',
    body: ({ facts }, at) => [
      `On ${at} ${facts.by} ended your second factors: app, passkeys and recovery codes. All your sessions have ended.`,
      'You sign in with your password alone now, and can set up a second factor again.',
    ],
    act: 'Set up a second factor',
    note: 'If you did not ask for it, tell an administrator of your account.',
  },
  'access-answered': {
    subject: 'Your request for access was answered',
    body: ({ facts }) => [
      facts.state === 'granted'
        ? `${facts.by} of ${facts.account} granted what you asked for. It counts already.`
        : `${facts.by} of ${facts.account} did not grant what you asked for.`,
      ...(facts.permission ? [`You asked for: ${facts.permission}`] : []),
      ...(facts.note ? [`You wrote: ${facts.note}`] : []),
      ...(facts.answer ? [`The answer: ${facts.answer}`] : []),
    ],
    act: 'See what you may do',
    note: 'You get this mail because you asked for access.',
  },
  'colleague-joined': {
    subject: 'Your company has a new portal user',
    body: ({ facts }, at) => [
      `Since ${at} ${facts.who} (${facts.email}) is a user of the portal of ${facts.account} for your company.`,
      `The invitation came from ${facts.by}. Nobody at ${facts.account} knows his password, or yours.`,
    ],
    act: 'See your account',
    note: 'If you do not know this person, tell the company that runs the portal at once.',
  },
  'colleague-access': {
    subject: 'The access of a portal user was changed',
    body: ({ facts }, at) => [
      `On ${at} ${facts.by} of ${facts.account} changed what ${facts.who} (${facts.email}) can see in the portal for your company.`,
      `Stores now: ${listOf(facts.stores)}. Warehouses now: ${listOf(facts.warehouses)}.`,
    ],
    act: 'See your account',
    note: 'If your company did not ask for it, tell the company that runs the portal.',
  },
}

const fr: Record<Notice, Words> = {
  reset: {
    subject: 'Choisir un nouveau mot de passe pour Crossdock',
    body: () => ['Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre connexion.'],
    act: 'Choisir un nouveau mot de passe',
    note: 'Ce lien ne sert qu’une fois, dans l’heure. Si ce n’est pas vous, ne faites rien : votre mot de passe ne change pas.',
  },
  'email-confirm': {
    subject: 'Confirmez votre nouvelle adresse e-mail',
    body: ({ old_email, new_email }) => [
      `Vous avez demandé à vous connecter avec ${new_email} au lieu de ${old_email}.`,
    ],
    act: 'Confirmer la nouvelle adresse',
    note: 'Ce lien ne sert qu’une fois, dans la journée. D’ici là, rien ne change. Si ce n’est pas vous, ne faites rien.',
  },
  'email-cancel': {
    subject: 'Votre adresse e-mail va changer',
    body: ({ new_email }, at) => [
      `Le ${at}, quelqu’un connecté sous votre nom a demandé à se connecter désormais avec ${new_email}.`,
      'Si c’est vous, il n’y a rien à faire ici : confirmez dans le message envoyé à la nouvelle adresse.',
    ],
    act: 'Ce n’est pas moi : garder cette adresse',
    note: 'Ce lien sert pendant 7 jours, même après le changement. Il rétablit cette adresse et ferme toutes les sessions.',
  },
  'new-device': {
    subject: 'Connexion depuis un nouvel appareil',
    body: ({ facts }, at) => [
      `Le ${at}, vous vous êtes connecté depuis un navigateur que vous n’aviez jamais utilisé.`,
      `Réseau : ${facts.network}. Navigateur : ${facts.agent || 'il ne le dit pas'}.`,
    ],
    act: 'Voir vos sessions',
    note: 'Si ce n’est pas vous : fermez cette session et changez votre mot de passe.',
  },
  'password-changed': {
    subject: 'Votre mot de passe a été changé',
    body: (_facts, at) => [
      `Le ${at}, le mot de passe de votre connexion a été changé. Vos autres sessions sont fermées.`,
    ],
    act: 'Voir votre compte',
    note: 'Si ce n’est pas vous : demandez aussitôt un nouveau mot de passe sur la page de connexion.',
  },
  'factors-ended': {
    subject: 'Votre second facteur a été retiré',
    body: ({ facts }, at) => [
      `Le ${at}, ${facts.by} a retiré vos seconds facteurs : application, clés d’accès et codes de secours. Toutes vos sessions sont fermées.`,
      'Vous vous connectez maintenant avec votre seul mot de passe, et pouvez configurer un nouveau second facteur.',
    ],
    act: 'Configurer un second facteur',
    note: 'Si vous ne l’avez pas demandé, parlez-en à un administrateur de votre compte.',
  },
  'access-answered': {
    subject: 'Réponse à votre demande d’accès',
    body: ({ facts }) => [
      facts.state === 'granted'
        ? `${facts.by} (${facts.account}) a accordé ce que vous aviez demandé. C’est déjà en vigueur.`
        : `${facts.by} (${facts.account}) n’a pas accordé ce que vous aviez demandé.`,
      ...(facts.permission ? [`Vous aviez demandé : ${facts.permission}`] : []),
      ...(facts.note ? [`Vous aviez écrit : ${facts.note}`] : []),
      ...(facts.answer ? [`La réponse : ${facts.answer}`] : []),
    ],
    act: 'Voir ce que vous pouvez faire',
    note: 'Vous recevez ce message parce que vous avez demandé un accès.',
  },
  'colleague-joined': {
    subject: 'Votre société a un nouvel utilisateur du portail',
    body: ({ facts }, at) => [
      `Depuis le ${at}, ${facts.who} (${facts.email}) utilise le portail de ${facts.account} pour votre société.`,
      `L’invitation vient de ${facts.by}. Personne chez ${facts.account} ne connaît son mot de passe, ni le vôtre.`,
    ],
    act: 'Voir votre compte',
    note: 'Si vous ne connaissez pas cette personne, prévenez aussitôt la société qui gère le portail.',
  },
  'colleague-access': {
    subject: 'L’accès d’un utilisateur du portail a changé',
    body: ({ facts }, at) => [
      `Le ${at}, ${facts.by} (${facts.account}) a changé ce que ${facts.who} (${facts.email}) voit dans le portail pour votre société.`,
      `Boutiques désormais : ${listOf(facts.stores)}. Entrepôts désormais : ${listOf(facts.warehouses)}.`,
    ],
    act: 'Voir votre compte',
    note: 'Si votre société ne l’a pas demandé, prévenez la société qui gère le portail.',
  },
}

/** What each mail says, in each language. */
export const words = { en, fr }
