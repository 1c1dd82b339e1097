import * as oidc from 'openid-client'
import { sql } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import { Problem } from '#kernel/problem.ts'
import { checkAddress, publicFetch, Unreachable } from '#kernel/public-fetch.ts'
import { unseal } from '../identity/seal.ts'
import type { Identity } from '../identity.ts'

export interface Provider {
  name: string
  issuer: string
  client_id: string
  secret: Buffer
  scopes: string
  group_claim: string
  version: number
}

/** For what secrets of providers are sealed. */
export const sealedFor = 'identity provider'

/** @throws Problem provider_refused where it is unknown or switched off */
export async function providerOf(identity: Identity, accountId: string, id: string): Promise<Provider> {
  const provider = await identity.first(sql<Provider>`select * from access.provider_of(${accountId}, ${id})`)
  if (!provider) throw new Problem('provider_refused', 'This way of signing in is switched off.')
  return provider
}

/** Asks by the guarded way only, whatever the library would do: no redirect, nothing inside, bounded time and size. */
function guarded(deps: Deps): oidc.CustomFetch {
  return (url, { method, headers, body }) =>
    publicFetch(
      url,
      { method, headers, body: body === undefined || body === null ? undefined : String(body) },
      deps.allowPrivateProviders ?? false,
    )
}

const kept = new Map<string, { until: number; configuration: oidc.Configuration }>()

/**
 * What the provider says of itself (discovery), kept for ten minutes. Signatures of ID tokens are checked against its keys.
 * @throws Problem provider_unreachable
 */
export async function configurationOf(provider: Provider, id: string, deps: Deps): Promise<oidc.Configuration> {
  const known = kept.get(`${id} ${provider.version}`)
  if (known && known.until > deps.now().getTime()) return known.configuration
  const secret = unseal(deps.secret, sealedFor, id, provider.secret)
  if (secret === undefined)
    throw new Problem(
      'provider_unreachable',
      "The provider's secret was sealed by another installation: enter it again.",
    )
  const configuration = await discover(provider.issuer, provider.client_id, secret, deps)
  if (kept.size > 500) kept.clear()
  kept.set(`${id} ${provider.version}`, { until: deps.now().getTime() + 600_000, configuration })
  return configuration
}

/** @throws Problem provider_unreachable with a sentence that says what is wrong */
export async function discover(
  issuer: string,
  clientId: string,
  secret: string,
  deps: Deps,
): Promise<oidc.Configuration> {
  try {
    const url = checkAddress(issuer, deps.allowPrivateProviders ?? false)
    const configuration = await oidc.discovery(url, clientId, secret, oidc.ClientSecretBasic(secret), {
      [oidc.customFetch]: guarded(deps),
      execute: [oidc.enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [])],
      timeout: 15,
    })
    const told = configuration.serverMetadata()
    const missing = (['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const).find((name) => !told[name])
    if (missing) throw new Unreachable(`The provider does not name its ${missing}.`)
    return configuration
  } catch (error) {
    throw new Problem('provider_unreachable', sentenceOf(error))
  }
}

/** What went wrong, for the administrator who sets a provider up. */
export function sentenceOf(error: unknown): string {
  const chain: Error[] = []
  for (let one = error; one instanceof Error && chain.length < 5; one = one.cause) chain.push(one)
  const known = chain.find((one) => one instanceof Unreachable)
  if (known) return known.message
  const said = chain.map((one) => one.message).join(': ')
  if (/issuer/i.test(said))
    return 'The provider calls itself by another issuer than the one entered here: copy it as the provider writes it.'
  if (/HTTP status code|unexpected HTTP/i.test(said))
    return 'There is no discovery document at this address (/.well-known/openid-configuration), or it moved elsewhere.'
  return `The provider's answer cannot be used: ${said.slice(0, 200)}`
}
