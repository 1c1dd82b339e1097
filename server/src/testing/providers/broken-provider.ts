import { createSign, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A provider by hand that says what it is told to: right, or wrong in one thing. */
export async function openBrokenProvider() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const say = { claims: {} as object, alg: 'RS256', key: privateKey, issuer: '', moved: '' }
  const server = createServer((request, response) => {
    const send = (body: object) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(body))
    }
    if (say.moved) {
      response.statusCode = 302
      response.setHeader('location', say.moved)
      return response.end()
    }
    if (request.url === '/.well-known/openid-configuration')
      return send({
        issuer: say.issuer || issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'none'],
        authorization_response_iss_parameter_supported: true,
      })
    if (request.url === '/jwks')
      return send({ keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] })
    const text = `${base64url({ alg: say.alg })}.${base64url(say.claims)}`
    const signature = say.alg === 'none' ? '' : createSign('RSA-SHA256').update(text).sign(say.key, 'base64url')
    return send({ access_token: 'a', token_type: 'Bearer', id_token: `${text}.${signature}` })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { issuer, say, stranger, right: privateKey, close: () => server.close() }
}
