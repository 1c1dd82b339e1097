import { audit } from '#kernel/audit.ts'
import { viewHash } from '#kernel/caller.ts'
import { clearCookie, readCookie } from '#kernel/cookies.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Handlers } from '#kernel/routes.ts'
import type { viewsContract } from './contract.ts'
import { startView } from './start-view.ts'

export const viewsHandlers: Handlers<typeof viewsContract> = {
  startView,
  /** The cookie goes in any case: who has none, or an old one, is himself already. */
  async endView(call) {
    const { tx } = call
    const [view, session] = [readCookie('view', call), readCookie('session', call)]
    clearCookie('view', call)
    const ended =
      view &&
      (await tx.first(sql<{ id: string; name: string; role: string }>`
      select member_id as id, name, role from access.end_view(${viewHash(view, session ?? '')})`))
    if (ended) await audit(tx, 'view.ended', { kind: 'member', id: ended.id }, { as: ended.name, role: ended.role })
    return {}
  },
}
