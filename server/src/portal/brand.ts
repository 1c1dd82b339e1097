import { readFile } from 'node:fs/promises'
import { portalLetterhead, printable } from '#fulfillment'
import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import { safeColors } from '#kernel/readable-colors.ts'
import type { Call } from '#kernel/routes.ts'
import { discardFile, pathOf } from '#kernel/upload.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import type { portalContract } from './contract.ts'
import type { Face } from './face.ts'
import { readPicture } from './image.ts'

type Contract = typeof portalContract
interface Row extends Omit<Face, 'colors' | 'images'> {
  color: string
  sender: string
  version: number
  account: string
}

export async function getBrand(tx: Tx) {
  const [brands, images, papers, addresses] = await tx.all(
    sql<Row>`
      select b.name, b.color, b.sender, b.locale, b.welcome, b.support, b.footer, b.version, a.name as account
        from portal.brands b join access.accounts a on a.id = b.account_id`,
    sql<{ kind: keyof Face['images']; hash: string }>`select kind, hash from portal.images`,
    portalLetterhead,
    sql<{ slug: string }>`select slug from portal.my_slug() as slug`,
  )
  const { account, name, color, ...texts } = brands[0]!
  const hashOf = (kind: keyof Face['images']) => images.find((one) => one.kind === kind)?.hash ?? null
  return {
    ...texts,
    name: name || account,
    ownName: name,
    accountName: account,
    logoOnPaper: printable(papers[0]!.logo) !== undefined,
    color,
    colors: color === '' ? null : safeColors(color),
    images: { 'logo-light': hashOf('logo-light'), 'logo-dark': hashOf('logo-dark'), favicon: hashOf('favicon') },
    base: `/p/${addresses[0]!.slug}`,
  }
}

/** @throws Problem changed_meanwhile */
export async function changeBrand({ tx, body, version }: Call<Contract['changePortalBrand']>) {
  const present = await getBrand(tx)
  const before = { ...present, name: present.ownName }
  const { name, color, sender, locale, welcome, support, footer } = { ...before, ...body }
  const done = await tx.first(sql`
    update portal.brands set name = ${name.trim()}, color = ${color}, sender = ${sender.trim()}, locale = ${locale},
           welcome = ${welcome.trim()}, support = ${support.trim()}, footer = ${footer.trim()}, version = version + 1
     where version = ${version} returning 1`)
  if (!done) throw changedMeanwhile(before, body)
  const changes = Object.entries(body).map(([field, value]) => [field, [before[field as keyof typeof body], value]])
  await audit(tx, 'portal.brand-changed', { kind: 'account', id: tx.who.accountId }, Object.fromEntries(changes))
  return await getBrand(tx)
}

/** Keeps a picture as it came: what it is, its own bytes say. @throws Problem file_refused */
export async function keepImage({ tx, body, file, deps }: Call<Contract['keepPortalImage']>) {
  const { mediaType, width, height, hash, bytes } = readPicture(await readFile(pathOf(deps, file.id)))
  await tx.rows(sql`
    insert into portal.images (account_id, kind, hash, media_type, width, height, bytes)
    values (app.account_id(), ${body.kind}, ${hash}, ${mediaType}, ${width}, ${height}, ${bytes})
    on conflict (account_id, kind) do update set hash = excluded.hash, media_type = excluded.media_type, width = excluded.width,
      height = excluded.height, bytes = excluded.bytes`)
  await audit(tx, 'portal.image-kept', { kind: 'account', id: tx.who.accountId }, { image: body.kind, hash })
  // It lives with the brand; should this transaction be done anew, the next one finds it still there.
  setImmediate(() => void discardFile(deps, file.id))
  return await getBrand(tx)
}

/** @throws Problem not_found */
export async function removeImage(tx: Tx, kind: string) {
  const gone = await tx.first(sql`delete from portal.images where kind = ${kind} returning 1`)
  if (!gone) throw notFound()
  await audit(tx, 'portal.image-removed', { kind: 'account', id: tx.who.accountId }, { image: kind })
  return await getBrand(tx)
}
