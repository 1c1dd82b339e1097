import { Closed, contract, Instant, Locale, Nullable, OneOf, Text, Type } from '#kernel/endpoint.ts'
import { Face } from './face.ts'

export const pictures = ['logo-light', 'logo-dark', 'favicon'] as const

const Address = Type.Object({
  /** The portal's name in the default address. */
  slug: Type.String(),
  defaultUrl: Type.String(),
  /** Where links lead now. */
  url: Type.String(),
  domain: Nullable(
    Type.Object({
      name: Type.String(),
      /** The same in the letters of its language. */
      shown: Type.String(),
      state: OneOf(['waiting', 'verified', 'failing']),
      records: Type.Array(
        Type.Object({ type: OneOf(['CNAME', 'A', 'AAAA', 'TXT']), name: Type.String(), value: Type.String() }),
      ),
      /** What the last look at DNS missed. */
      missed: Nullable(OneOf(['address', 'proof', 'no_answer'])),
      checkedAt: Nullable(Instant),
      failingSince: Nullable(Instant),
    }),
  ),
  version: Type.Integer(),
})
const Brand = Type.Object({
  ...Face.properties,
  /** As they were typed; where the name is empty, the account's is shown. */
  ownName: Type.String(),
  sender: Type.String(),
  color: Type.String(),
  accountName: Type.String(),
  /** Whether the logo is printed on slips and transfer sheets: as PNG or JPEG. */
  logoOnPaper: Type.Boolean(),
  /** Below which address the portal and its pictures are. */
  base: Type.String(),
  version: Type.Integer(),
})

/** Where an account's clients come in, and what it looks like there. */
export const portalContract = contract({
  lookAtPortal: {
    method: 'GET',
    path: '/portal',
    allow: 'public',
    summary: 'What the portal at this address shows of itself to everybody',
    response: Face,
    refuses: ['not_found'],
  },
  askPortalDomain: {
    method: 'GET',
    path: '/portal-domains/ask',
    allow: 'public',
    summary: 'Whether a certificate may be had for a host name: only for one that an account has shown to be its own',
    query: Closed({ domain: Type.String({ maxLength: 300 }) }),
    response: Type.Object({}),
    refuses: ['not_found', 'rate_limited'],
  },
  getPortalAddress: {
    method: 'GET',
    path: '/portal-address',
    allow: 'portal:manage',
    summary: 'Where the customer portal is, and how its own host name stands',
    response: Address,
  },
  changePortalAddress: {
    method: 'PATCH',
    path: '/portal-address',
    allow: 'portal:manage',
    summary: 'Change the portal name, or set a host name of its own; without one the default address is used',
    ifMatch: true,
    body: Closed({
      slug: Type.Optional(Type.String({ minLength: 2, maxLength: 40, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })),
      domain: Type.Optional(Nullable(Type.String({ maxLength: 300 }))),
    }),
    response: Address,
    refuses: ['already_exists'],
  },
  checkPortalDomain: {
    method: 'POST',
    path: '/portal-address/check',
    allow: 'portal:manage',
    summary: 'Look at DNS again, now',
    response: Address,
    keepAnswer: false,
    refuses: ['wrong_state', 'already_exists', 'too_many_tries'],
  },
  getPortalBrand: {
    method: 'GET',
    path: '/portal-brand',
    allow: 'portal:brand',
    summary: 'What the customer portal looks like',
    response: Brand,
  },
  changePortalBrand: {
    method: 'PATCH',
    path: '/portal-brand',
    allow: 'portal:brand',
    summary: 'Change name, colour, language and texts of the customer portal',
    ifMatch: true,
    body: Closed({
      name: Type.Optional(Text(0, 80)),
      color: Type.Optional(Type.String({ pattern: '^(#[0-9a-f]{6})?$' })),
      sender: Type.Optional(Text(0, 80)),
      locale: Type.Optional(Locale),
      welcome: Type.Optional(Text(0, 300)),
      support: Type.Optional(Text(0, 300)),
      footer: Type.Optional(Text(0, 300)),
    }),
    response: Brand,
  },
  keepPortalImage: {
    method: 'POST',
    path: '/portal-brand/images',
    allow: 'portal:brand',
    summary: 'Upload a logo or the icon, as a form with the fields kind and file: PNG, JPEG or WebP',
    upload: true,
    body: Closed({ kind: OneOf(pictures) }),
    response: Brand,
  },
  removePortalImage: {
    method: 'DELETE',
    path: '/portal-brand/images/:kind',
    allow: 'portal:brand',
    summary: 'Take a logo or the icon away',
    params: Closed({ kind: OneOf(pictures) }),
    response: Brand,
  },
})
