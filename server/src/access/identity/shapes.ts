import { Type } from '#kernel/endpoint.ts'

/** Of an app, or a recovery code. */
export const Code = Type.String({ minLength: 6, maxLength: 20 })
export const TotpSetup = Type.Object({
  secret: Type.String(),
  /** For a link on the telephone itself. */
  uri: Type.String(),
  /** The same as a picture to scan. */
  svg: Type.String(),
})
