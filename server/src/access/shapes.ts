import type { Static } from 'typebox'
import { Closed, Id, Nullable, OneOf, Type } from '#kernel/endpoint.ts'
import { audiences } from '#kernel/permissions.ts'

/** At least 10 characters; long ones are welcome. What else it must be, passwords.ts says. */
export const Password = Type.String({ minLength: 10, maxLength: 200 })
/** A password that stands already, whatever the rules were then. */
export const StandingPassword = Type.String({ maxLength: 200 })
export const LinkToken = Type.String({ minLength: 20, maxLength: 100 })
/** How a member stands now: not_yet and ended, before the first and after the last day of his access. */
export const Standing = OneOf(['active', 'not_yet', 'outside_hours', 'ended', 'deactivated'])
export type Standing = Static<typeof Standing>
export const RoleName = Type.Object({ slug: Type.String(), name: Type.String() })

/** Signed in; or the places to choose from where the person has several; or what he is still to do. */
export const SignedIn = Type.Object({
  audience: Nullable(OneOf(audiences)),
  choices: Type.Array(
    Type.Object({
      memberId: Id,
      accountName: Type.String(),
      partyName: Nullable(Type.String()),
      role: RoleName,
    }),
  ),
  /** The first step was right. `prove`: show a second factor; `enroll`: the role needs one, and there is none yet. */
  pending: Nullable(OneOf(['prove', 'enroll'])),
})

/** What a passkey answers to a challenge: base64url, as the browser gives it. */
const Bytes = Type.String({ maxLength: 20_000, pattern: '^[A-Za-z0-9_-]*$' })
export const Assertion = Closed({
  id: Type.String({ maxLength: 2_000, pattern: '^[A-Za-z0-9_-]+$' }),
  clientDataJSON: Bytes,
  authenticatorData: Bytes,
  signature: Bytes,
  userHandle: Type.Optional(Bytes),
})
export const Attestation = Closed({
  id: Type.String({ maxLength: 2_000, pattern: '^[A-Za-z0-9_-]+$' }),
  clientDataJSON: Bytes,
  attestationObject: Bytes,
  transports: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 }),
})
/** What the browser is to ask a passkey; without `allow`: whichever is here for this site. */
export const AskPasskey = Type.Object({
  challenge: Type.String(),
  rpId: Type.String(),
  allow: Type.Array(Type.String()),
})
/** What the browser is to make a passkey for. */
export const NewPasskey = Type.Object({
  challenge: Type.String(),
  rpId: Type.String(),
  userId: Type.String(),
  userName: Type.String(),
  displayName: Type.String(),
  /** Those he has already. */
  exclude: Type.Array(Type.String()),
})
