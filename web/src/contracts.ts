/** What the pages say to the server until its own contracts can be read; same shape as the server's `Api`. */
export type Me = {
  user: { id: string; name: string; email: string; locale: string }
  account: { id: string; name: string; currency: string; timezone: string }
  audience: 'staff' | 'client' | 'supplier'
  party: { id: string; name: string } | null
  role: { slug: string; name: string }
  permissions: string[]
}

export type Api = {
  'GET /me': { response: Me }
  'PATCH /me': { body: { locale?: string; density?: string; theme?: string }; response: Me }
  'POST /session': {
    body: { email: string; password: string; account?: string }
    response: { me: Me } | { accounts: { id: string; name: string; roleName: string }[] }
  }
  'DELETE /session': { response: undefined }
  'POST /invitations/look': {
    body: { token: string }
    response: { email: string; accountName: string; partyName: string | null; roleName: string; locale: string }
  }
  'POST /invitations/accept': { body: { token: string; name: string; password: string }; response: { me: Me } }
  'POST /accounts/create': {
    body: {
      token: string
      accountName: string
      name: string
      email: string
      password: string
      currency: string
      timezone: string
    }
    response: { me: Me }
  }
}
