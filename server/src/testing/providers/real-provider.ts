import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export interface Known {
  email: string
  email_verified?: boolean
  name?: string
  groups?: string[]
}

/** A real OpenID provider on a port of its own. Whoever it is asked about is whoever `signIn` names: it has no passwords. */
export async function openProvider(returnAddress: string) {
  const people = new Map<string, Known>()
  let present = ''
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'crossdock', client_secret: 'a secret of the provider', redirect_uris: [returnAddress] }],
    claims: { email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of the test'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_ctx, { uid }) => `/here/${uid}` },
    findAccount: (_ctx, id) => {
      const known = people.get(id)
      return known && { accountId: id, claims: () => ({ sub: id, email_verified: true, ...known }) }
    },
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client!.clientId,
        accountId: ctx.oidc.session!.accountId!,
      })
      grant.addOIDCScope('openid email profile groups')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/here/'))
      void provider.interactionFinished(request, response, { login: { accountId: present } })
    else void answer(request, response)
  })

  /** Goes where the browser is sent, as this person, until the provider sends it back: what then stands in the address. */
  async function signIn(url: string, subject: string, known?: Known): Promise<string> {
    if (known) people.set(subject, known)
    present = subject
    const cookies = new Map<string, string>()
    for (let next = url; ; ) {
      if (next.startsWith(returnAddress)) return new URL(next).search.slice(1)
      const step = await fetch(next, {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      })
      for (const line of step.headers.getSetCookie()) {
        const [name = '', value = ''] = line.split(';')[0]!.split('=')
        cookies.set(name, value)
      }
      const to = step.headers.get('location')
      if (!to) throw new Error(`the provider stops at ${next}: ${step.status} ${await step.text()}`)
      next = new URL(to, issuer).href
    }
  }
  /** Who the next one is that comes by. */
  function be(subject: string, known: Known) {
    people.set(subject, known)
    present = subject
  }
  return { issuer, signIn, present: be, close: () => server.close() }
}
