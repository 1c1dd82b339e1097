import type { Static } from 'typebox'
import { ask, patience } from '#kernel/db/connection.ts'
import { compile, sql } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import { Locale, Nullable, Type } from '#kernel/endpoint.ts'
import { safeColors } from '#kernel/readable-colors.ts'

const Hash = Nullable(Type.String())
/** What a portal shows of itself to everybody who comes to its address. */
export const Face = Type.Object({
  name: Type.String(),
  /** Null: those of the product. */
  colors: Nullable(Type.Object({ light: Type.String(), dark: Type.String(), fill: Type.String() })),
  locale: Locale,
  welcome: Type.String(),
  support: Type.String(),
  footer: Type.String(),
  /** Under which address each picture is, where there is one. */
  images: Type.Object({ 'logo-light': Hash, 'logo-dark': Hash, favicon: Hash }),
})
export type Face = Static<typeof Face>

interface Row {
  name: string
  color: string
  locale: 'en' | 'fr'
  welcome: string
  support: string
  footer: string
  images: Partial<Record<keyof Face['images'], string>>
}

/** The face of an account's portal. */
export async function faceOf(deps: Deps, accountId: string): Promise<Face> {
  const statement = compile(sql<Row>`
    select name, color, locale, welcome, support, footer, images from portal.face_of(${accountId})`)
  const [found] = (await ask(deps.pools.identity, [statement], patience.request))[0]!.rows
  const { color, images, ...rest } = found as Row
  return {
    ...rest,
    colors: color === '' ? null : safeColors(color),
    images: {
      'logo-light': images['logo-light'] ?? null,
      'logo-dark': images['logo-dark'] ?? null,
      favicon: images.favicon ?? null,
    },
  }
}
