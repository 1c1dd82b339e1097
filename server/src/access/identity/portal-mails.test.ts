import { describe, expect, it } from 'vitest'
import { compile, type Statement } from '#kernel/db/sql.ts'
import { templateOf } from '#notices'
import { accounts, emailOf, parties, portal, portalOf, stores, tokenOf, warehouses } from '../../testing/cast.ts'
import { bringIn, invite } from '../../testing/people.ts'
import { useWorld } from '../../testing/world.ts'
import { allDone } from './later.ts'

describe('what clients are mailed', () => {
  const world = useWorld(async (w) => {
    await w.owner.query(
      "update portal.brands set name = 'Petit Quai', color = '#a01050', sender = 'Équipe Quai', footer = 'Quai SARL' where account_id = $1",
      [accounts.one.id],
    )
  })
  const forget = async (base: string, email: string) => {
    const answer = await world.as(null, `POST ${base}/api/v1/password/forgot`, { email })
    await allDone()
    return answer
  }
  const owed = async (template: string, recipient: string) =>
    (
      await world.owner.query<{ subject_id: string; account_id: string }>(
        'select subject_id, account_id from notices.outbox where template = $1 and recipient = $2 order by created_at',
        [template, recipient],
      )
    ).rows
  /** What the sender of mails does. */
  const made = async (template: string, mail: { subject_id: string; account_id: string }) => {
    const ask = async <Row>(statement: Statement<Row>) => {
      const { text, values } = compile(statement)
      return (await world.deps.pools.worker.query(text, values as unknown[])).rows as Row[]
    }
    const link = await templateOf(template).link(ask, mail.account_id, mail.subject_id, world.deps)
    return { link: link!, ...(await templateOf(template).render(ask, mail.account_id, mail.subject_id, link!, 'en')) }
  }

  it('53 comes in the name of the portal, in its colour, and names neither us nor the account', async () => {
    const scope = { stores: [stores.a], warehouses: [warehouses.main] }
    await invite(world, { email: 'paul@example.com', role: 'client-viewer', partyId: parties.P1.id, scope })
    const [mail] = await owed('invitation', 'paul@example.com')
    const invitation = await made('invitation', mail!)
    expect(invitation.link).toMatch(/^http:\/\/crossdock\.test\/p\/aster-goods\/invitation#token=/)
    expect(invitation.sender).toBe('Équipe Quai')
    const words = [invitation.subject, invitation.text, invitation.html].join('\n').replaceAll(invitation.link, '')
    expect(words).toContain('Petit Quai')
    expect(words).toContain('Quai SARL')
    expect(words).toContain('#a01050')
    expect(words).not.toMatch(/Crossdock|Aster/)
    // Whoever comes in by the desk is written to as ever.
    await invite(world, { email: 'desk@example.com' })
    const desk = await made('invitation', (await owed('invitation', 'desk@example.com'))[0]!)
    expect([desk.sender, desk.subject]).toEqual([undefined, 'Aster Goods invites you to Crossdock'])
  })

  it('38 a password that was forgotten at a portal: a link for its clients, nothing for anybody else, the same answer', async () => {
    const email = emailOf('P1')
    const known = await forget(portal.base, email)
    await bringIn(world, { email: 'staff@example.com' })
    for (const [base, other] of [
      [portal.base, 'staff@example.com'],
      [portal.base, 'nobody@example.com'],
      [portalOf(accounts.two.id).base, emailOf('P2')],
    ] as const) {
      expect((await forget(base, other)).bare).toBe(known.bare)
      expect(await owed('reset', other)).toEqual([])
    }
    const mail = await made('reset', (await owed('reset', email))[0]!)
    expect(mail.link).toMatch(/^http:\/\/crossdock\.test\/p\/aster-goods\/reset-password#token=/)
    expect([mail.subject, mail.sender]).toEqual(['Set a new password for Petit Quai', 'Équipe Quai'])
  })

  it('a client sees his sessions at this portal, and none that the same person has elsewhere', async () => {
    await world.owner.query(
      `insert into identity.sessions (token_hash, purpose, account_id, member_id, door)
       select sha256('elsewhere'), 'web', m.account_id, m.id, '' from access.members m where m.name = 'A2'`,
    )
    await world.owner.query(
      "update access.members set user_id = (select user_id from access.members where name = 'P1') where name = 'A2'",
    )
    const { items } = (await world.as('P1', 'GET /me/sessions')).body
    expect(items.map((one: { accountName: string }) => one.accountName)).toEqual(['Petit Quai'])
    expect((await world.as('P1', 'GET /me/places')).body?.items?.length ?? 1).toBe(1)
    expect(tokenOf('P1')).toMatch(/^cdc_/)
  })
})
