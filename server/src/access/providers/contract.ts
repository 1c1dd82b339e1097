import { byId, Closed, contract, Id, Instant, Nullable, OneOf, Text, Type } from '#kernel/endpoint.ts'
import { audiences } from '#kernel/permissions.ts'
import { RoleName, SignedIn } from '../shapes.ts'

const Domain = Type.String({ pattern: '^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$', maxLength: 253 })
const Slug = Type.String({ maxLength: 60 })
const Mapping = Closed({ group: Text(1, 200), role: Slug })
const fields = {
  name: Text(1, 80),
  clientId: Text(1, 300),
  secret: Text(1, 1_000),
}
const choices = {
  /** Beside `openid email profile`, such as a scope that brings groups. */
  scopes: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9:/._ -]*$', maxLength: 300 })),
  domains: Type.Optional(Type.Array(Domain, { maxItems: 50 })),
  groupClaim: Type.Optional(Text(0, 100)),
  groupRoles: Type.Optional(Type.Array(Mapping, { maxItems: 50 })),
  /** For people of the domains who come without an invitation; null: nobody does. */
  defaultRole: Type.Optional(Nullable(Slug)),
  required: Type.Optional(Type.Boolean()),
}
const Provider = Type.Object({
  id: Id,
  version: Type.Integer(),
  name: Type.String(),
  issuer: Type.String(),
  clientId: Type.String(),
  scopes: Type.String(),
  domains: Type.Array(Type.String()),
  groupClaim: Type.String(),
  groupRoles: Type.Array(Type.Object({ group: Type.String(), role: RoleName })),
  defaultRole: Nullable(RoleName),
  required: Type.Boolean(),
  enabled: Type.Boolean(),
  createdAt: Instant,
})

/** Sign-in by an account's own provider, and the places of one person. */
export const providersContract = contract({
  listProvidersOffered: {
    method: 'GET',
    path: '/session/providers',
    allow: 'public',
    summary: 'By which providers people of an account, or of a domain, sign in; what does not exist has none',
    query: Closed({ accountId: Type.Optional(Id), domain: Type.Optional(Domain) }),
    response: Type.Object({ items: Type.Array(Type.Object({ accountId: Id, id: Id, name: Type.String() })) }),
  },
  beginProvider: {
    method: 'POST',
    path: '/session/provider',
    allow: 'public',
    summary: 'Begin a sign-in at a provider: where the browser goes now',
    body: Closed({ accountId: Id, providerId: Id, link: Type.Optional(Type.Boolean()) }),
    response: Type.Object({ url: Type.String() }),
    refuses: ['not_found', 'provider_refused', 'provider_unreachable', 'prove_again', 'too_many_tries'],
  },
  finishProvider: {
    method: 'POST',
    path: '/session/provider/finish',
    allow: 'public',
    summary: 'End a sign-in at a provider with what it sent the browser back with',
    body: Closed({ query: Type.String({ maxLength: 4_000 }) }),
    response: Type.Object({ audience: OneOf(audiences), linked: Type.Boolean() }),
    refuses: ['link_spent', 'provider_refused', 'provider_unreachable'],
  },
  listPlaces: {
    method: 'GET',
    path: '/me/places',
    allow: 'signed-in',
    summary: 'Where I work: my places in this account and others',
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          memberId: Id,
          accountName: Type.String(),
          partyName: Nullable(Type.String()),
          role: RoleName,
          audience: OneOf(audiences),
          current: Type.Boolean(),
        }),
      ),
    }),
  },
  switchPlace: {
    method: 'POST',
    path: '/session/switch',
    allow: 'signed-in',
    keepAnswer: false,
    summary: 'Go on in another of my places; the session of this one ends',
    body: Closed({ memberId: Id }),
    response: SignedIn,
    refuses: ['not_permitted', 'view_only', 'provider_required'],
  },
  listProviders: {
    method: 'GET',
    path: '/sign-in-providers',
    allow: 'sign-in:manage',
    summary: 'The providers people of this account sign in by',
    response: Type.Object({
      accountId: Id,
      /** What the provider must know as the address to come back to. */
      returnAddress: Type.String(),
      items: Type.Array(Provider),
    }),
  },
  createProvider: {
    method: 'POST',
    path: '/sign-in-providers',
    allow: 'sign-in:manage',
    fresh: true,
    summary: 'Let people sign in by a provider; it is asked who it is first',
    body: Closed({ ...fields, issuer: Type.String({ minLength: 1, maxLength: 500 }), ...choices }),
    response: Type.Object({ id: Id }),
    status: 201,
    refuses: ['already_exists'],
  },
  changeProvider: {
    method: 'PATCH',
    path: '/sign-in-providers/:id',
    allow: 'sign-in:manage',
    fresh: true,
    summary: 'Change a provider, or switch it off; its issuer stays',
    params: byId,
    ifMatch: true,
    body: Closed({
      name: Type.Optional(fields.name),
      clientId: Type.Optional(fields.clientId),
      secret: Type.Optional(fields.secret),
      ...choices,
      enabled: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({ version: Type.Integer() }),
    refuses: ['already_exists'],
  },
  testProvider: {
    method: 'POST',
    path: '/sign-in-providers/test',
    allow: 'sign-in:manage',
    keepAnswer: false,
    summary: 'Ask a provider who it is, and say what is wrong',
    body: Closed({ issuer: Type.String({ minLength: 1, maxLength: 500 }) }),
    response: Type.Object({ ok: Type.Boolean(), says: Type.String() }),
  },
})
