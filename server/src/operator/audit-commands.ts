import { endChain, readAnchors, signingKey, verifyAudit } from '#access'
import type { Deps } from '#kernel/deps.ts'
import { type Command, need, words } from './command.ts'
import { accountNamed, asOwner, Mistake } from './owner.ts'

/** What was anchored outside of an account that is removed counts no longer. */
export const forgetChain = (deps: Deps, accountId: string) =>
  endChain(deps.dataDir, signingKey(deps.secret), 'removed', { accountId, seq: 0, hash: '' })

export const auditCommands: Record<string, Command> = {
  'audit verify': {
    synopsis: '[--account N] [--key K]',
    summary:
      'Check that the audit record is whole: exit 0 whole, 1 tampered with, 3 older than what was anchored outside the database.',
    options: words('account', 'key'),
    async run({ installation: { deps, prepared }, options }) {
      const anchors = await readAnchors(deps.dataDir)
      anchors.keys.push(signingKey(deps.secret).publicKey, ...(options.key?.split(',') ?? []))
      const verdict = await asOwner(prepared, async (client) => {
        await client.query('set transaction isolation level repeatable read, read only')
        const account = options.account === undefined ? undefined : await accountNamed(client, options.account)
        return await verifyAudit(client, anchors, account)
      })
      for (const { accountId, sentence } of verdict.findings) console.error(`${accountId} · ${sentence}`)
      const { accounts, sealed, waiting, erased, findings } = verdict
      console.log(
        `${accounts} accounts, ${sealed} entries in the chain, ${waiting} to be sealed, values of ${erased} erased; ${anchors.heads.length} anchors outside.`,
      )
      if (findings.length === 0) console.log('The audit record is whole.')
      if (findings.some(({ kind }) => kind === 'broken')) return 1
      return findings.length > 0 ? 3 : 0
    },
  },
  'audit accept-restore': {
    synopsis: '--account N',
    summary: 'After a restore: accept that the audit record of an account ends earlier than was anchored.',
    options: words('account'),
    async run({ installation: { deps, prepared }, options }) {
      const end = await asOwner(prepared, async (client) => {
        const accountId = await accountNamed(client, need(options, 'account'))
        const verdict = await verifyAudit(client, await readAnchors(deps.dataDir), accountId)
        if (verdict.findings.some(({ kind }) => kind === 'broken'))
          throw new Mistake('This record was tampered with; it is not merely older. See: audit verify')
        const { rows } = await client.query<{ seq: number; hash: string }>(
          "select seq, encode(hash, 'hex') as hash from access.audit_heads where account_id = $1",
          [accountId],
        )
        return { accountId, seq: rows[0]?.seq ?? 0, hash: rows[0]?.hash ?? '' }
      })
      await endChain(deps.dataDir, signingKey(deps.secret), 'set-back', end)
      console.log(`Accepted: the record goes on after entry ${end.seq}.`)
      return 0
    },
  },
}
