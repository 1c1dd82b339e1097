/**
 * Every refusal, as data: its HTTP status, a short title and what a person may do. The page shows its own words in the
 * user's language by the code; `detail` may say more for one case. `retryAfter`: seconds after which it is worth trying again.
 */
export const problems = {
  invalid_request: {
    status: 400,
    title: 'The request is not valid',
    advice: 'Correct the fields named and send it again.',
  },
  bad_cursor: { status: 400, title: 'This page marker is not valid', advice: 'Start again from the first page.' },
  file_refused: { status: 400, title: 'This file cannot be read', advice: 'Send a CSV file.' },
  not_signed_in: { status: 401, title: 'You are not signed in', advice: 'Sign in and try again.' },
  wrong_credentials: {
    status: 401,
    title: 'E-mail address and password do not fit',
    advice: 'Check both and try again.',
  },
  prove_again: {
    status: 401,
    title: 'Show once more that it is you',
    advice: 'Enter your password or use your second factor, then do it again.',
  },
  view_ended: {
    status: 401,
    title: 'The view has ended',
    advice: 'You are yourself again: send the request once more.',
  },
  provider_refused: {
    status: 401,
    title: 'You could not sign in through your provider',
    advice: 'Try again; if it stays, ask an administrator of the account.',
  },
  provider_required: {
    status: 403,
    title: 'Your company asks you to sign in through its own provider',
    advice: 'Open the sign-in address that your administrator gave you.',
  },
  not_permitted: {
    status: 403,
    title: 'Your role does not allow this',
    advice: 'Ask an administrator of the account.',
  },
  outside_hours: {
    status: 403,
    title: 'This is outside your working hours',
    advice: 'Come back in your hours, or ask an administrator to change them.',
  },
  view_only: {
    status: 403,
    title: 'You are looking with the rights of somebody else',
    advice: 'Nothing can be changed in a view. End it first.',
  },
  passkey_refused: {
    status: 401,
    title: 'This passkey was not accepted',
    advice: 'Try again, or choose another way.',
  },
  second_factor_needed: {
    status: 409,
    title: 'Your role needs a second factor',
    advice: 'Add another one first, then remove this one.',
  },
  foreign_origin: {
    status: 403,
    title: 'This request came from another site',
    advice: 'Open the page itself and try again.',
  },
  not_found: { status: 404, title: 'Not found', advice: 'It does not exist, or it is not shared with you.' },
  method_not_allowed: {
    status: 405,
    title: 'This address does not answer to that method',
    advice: 'See the API reference.',
  },
  wrong_state: { status: 409, title: 'This is not possible now', advice: 'Reload to see its present state.' },
  already_exists: { status: 409, title: 'It exists already', advice: 'Choose another name or number.' },
  not_in_stock: {
    status: 409,
    title: 'There is not enough in stock',
    advice: 'Ship what there is, or count or receive the rest first.',
  },
  kept_for_orders: {
    status: 409,
    title: 'These units are kept for orders',
    advice: 'Cancel, assign or ship the orders they are kept for first.',
  },
  held: { status: 409, title: 'The order is on hold', advice: 'Release the hold first.' },
  last_administrator: {
    status: 409,
    title: 'The account needs an active administrator',
    advice: 'Make somebody else an administrator first.',
  },
  owner_protected: {
    status: 409,
    title: 'The owner of the account is protected',
    advice: 'Only the owner can hand the account on, and another administrator must accept it.',
  },
  role_archived: {
    status: 409,
    title: 'This role was archived',
    advice: 'Give another role first.',
  },
  signed_in_as_another: {
    status: 409,
    title: 'You are signed in as somebody else',
    advice: 'Sign out first, then open the link again.',
  },
  busy: {
    status: 409,
    title: 'Somebody else is changing this right now',
    advice: 'Try again in a moment.',
    retryAfter: 1,
  },
  in_progress: {
    status: 409,
    title: 'The same request is still being worked on',
    advice: 'Send it again in a second, with the same key.',
    retryAfter: 1,
  },
  link_spent: {
    status: 410,
    title: 'This link is no longer good',
    advice: 'It was used, replaced or has expired. Ask for a new one.',
  },
  changed_meanwhile: {
    status: 412,
    title: 'Somebody changed this meanwhile',
    advice: 'Look at both values and decide.',
  },
  too_large: { status: 413, title: 'This is too large', advice: 'Send a smaller one.' },
  unsupported_media_type: {
    status: 415,
    title: 'This kind of content is not understood',
    advice: 'Send application/json.',
  },
  key_reused: {
    status: 422,
    title: 'This Idempotency-Key belongs to another request',
    advice: 'Send what you sent first, or take a new key.',
  },
  version_missing: {
    status: 428,
    title: 'An edit must say what it is based on',
    advice: 'Send the ETag or version you read, as If-Match.',
  },
  too_many_tries: {
    status: 429,
    title: 'Too many tries',
    advice: 'Wait a few minutes and try again.',
    retryAfter: 300,
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests at once',
    advice: 'Go on after the seconds that Retry-After names.',
    retryAfter: 1,
  },
  provider_unreachable: {
    status: 502,
    title: 'The sign-in provider does not answer as it should',
    advice: 'Try again in a moment. If it stays, an administrator finds the reason under Settings, Sign-in.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    advice: 'Try again; if it stays, send the request id to your operator.',
  },
  outcome_unknown: {
    status: 503,
    title: 'It is not certain whether this was done',
    advice:
      'The database went away at the very end. Send it again with the same Idempotency-Key: it is done once. Without one, look first.',
    retryAfter: 2,
  },
  overloaded: {
    status: 503,
    title: 'The server has more to do than it can',
    advice: 'Try again in a moment. Nothing was done.',
    retryAfter: 2,
  },
  unavailable: {
    status: 503,
    title: 'The database does not answer',
    advice: 'Try again in a moment. Nothing was saved.',
    retryAfter: 2,
  },
} as const satisfies Record<string, { status: number; title: string; advice: string; retryAfter?: number }>

export type ProblemCode = keyof typeof problems
