import { type Command, need, words } from './command.ts'
import { asOwner, Mistake } from './owner.ts'

/** For who has lost his second factor and whom no administrator can help: an owner, a client, one of several accounts. */
export const factorCommands: Record<string, Command> = {
  'factor end': {
    synopsis: '--email E',
    summary: 'Take the second factors of a person, end all sessions and tell the person by mail.',
    options: words('email'),
    async run({ installation, options }) {
      const email = need(options, 'email')
      await asOwner(installation.prepared, async (client) => {
        const { rows } = await client.query<{ id: string; email: string }>(
          'select id, email from identity.users where email_key = lower($1)',
          [email],
        )
        const person = rows[0]
        if (!person) throw new Mistake(`Nobody signs in as ${email}.`)
        await client.query('select access.forget_factors($1)', [person.id])
        await client.query(
          'select access.tell_person(gen_random_uuid(), $1, \'factors-ended\', $2, null, \'{"by": "the operator of this server"}\')',
          [person.id, person.email],
        )
        await client.query(
          "select access.record_person($1, null, 'factor.removed', 'done', 'command line', '{\"kind\": \"all\"}')",
          [person.id],
        )
      })
      console.log(`${email} signs in by password alone now; every session has ended.`)
      return 0
    },
  },
}
