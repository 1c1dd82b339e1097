import { type Endpoint, keepsAnswer } from '../endpoint.ts'
import type { ProblemCode } from '../problems.ts'

/** Every refusal that an endpoint may give: what its form brings with it, and what its contract names in `refuses`. */
export function problemsOf(endpoint: Endpoint): ProblemCode[] {
  const { method, allow, params, query, body, upload } = endpoint
  const changes = method !== 'GET'
  const inView = allow !== 'public' && !endpoint.asOneself
  const takesBody = body !== undefined || upload !== undefined
  const byForm: [boolean, ...ProblemCode[]][] = [
    [true, 'invalid_request', 'internal', 'unavailable', 'overloaded'],
    [allow !== 'public', 'not_signed_in', 'outside_hours', 'rate_limited'],
    [allow !== 'public' && allow !== 'signed-in', 'not_permitted'],
    [inView, 'view_ended'],
    [inView && (changes || 'file' in endpoint.response), 'view_only'],
    [changes, 'foreign_origin', 'busy', 'too_large', 'unsupported_media_type', 'outcome_unknown'],
    [params !== undefined || (changes && takesBody), 'not_found'],
    [Object.hasOwn(query?.properties ?? {}, 'cursor'), 'bad_cursor'],
    [upload !== undefined, 'file_refused'],
    [keepsAnswer(endpoint), 'in_progress', 'key_reused', 'not_found'],
    [endpoint.ifMatch !== undefined, 'version_missing', 'changed_meanwhile'],
    [endpoint.fresh !== undefined, 'prove_again'],
    [true, ...(endpoint.refuses ?? [])],
  ]
  return [...new Set(byForm.flatMap(([applies, ...codes]) => (applies ? codes : [])))]
}
