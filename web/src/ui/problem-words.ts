import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ProblemCode } from '../words.ts'

type Words = { title: MessageDescriptor; advice: MessageDescriptor }

/** Each refusal of the server in the reader's language, by its code. */
export const problemWords: Record<ProblemCode, Words> = {
  invalid_request: { title: msg`Some of this is not right`, advice: msg`Correct what is marked and send it again.` },
  bad_cursor: { title: msg`The list has changed`, advice: msg`Reload it from the top.` },
  file_refused: { title: msg`This file cannot be read`, advice: msg`Choose a file of the kind that is asked for.` },
  not_signed_in: { title: msg`You are not signed in`, advice: msg`Sign in and try again.` },
  wrong_credentials: {
    title: msg`E-mail and password do not fit together`,
    advice: msg`Check both and try again.`,
  },
  provider_refused: {
    title: msg`You could not sign in through your provider`,
    advice: msg`Try again; if it stays, ask an administrator of the account.`,
  },
  provider_required: {
    title: msg`Your company asks you to sign in through its own provider`,
    advice: msg`Open the sign-in address that your administrator gave you.`,
  },
  provider_unreachable: {
    title: msg`The sign-in provider does not answer as it should`,
    advice: msg`Try again in a moment. If it stays, an administrator finds the reason under Settings, Sign-in.`,
  },
  not_permitted: { title: msg`Your role does not allow this`, advice: msg`Ask an administrator of the account.` },
  foreign_origin: { title: msg`This request came from another site`, advice: msg`Open the page itself and try again.` },
  prove_again: {
    title: msg`Show once more that it is you`,
    advice: msg`Enter your password or use your second factor, then do it again.`,
  },
  passkey_refused: { title: msg`This passkey was not accepted`, advice: msg`Try again, or choose another way.` },
  second_factor_needed: {
    title: msg`Your role needs a second factor`,
    advice: msg`Add another one first, then remove this one.`,
  },
  outside_hours: {
    title: msg`This is outside your working hours`,
    advice: msg`Come back in your hours, or ask an administrator to change them.`,
  },
  view_only: {
    title: msg`You are looking with the rights of somebody else`,
    advice: msg`Nothing can be changed in a view. End it first.`,
  },
  view_ended: { title: msg`The view has ended`, advice: msg`You are yourself again.` },
  not_found: { title: msg`Not found`, advice: msg`It does not exist, or it is not shared with you.` },
  method_not_allowed: {
    title: msg`The server does not know this request`,
    advice: msg`Reload the page and try again.`,
  },
  wrong_state: { title: msg`This is not possible now`, advice: msg`Reload to see how it stands.` },
  already_exists: { title: msg`It exists already`, advice: msg`Choose another name or number.` },
  not_in_stock: {
    title: msg`There is not enough in stock`,
    advice: msg`Ship what there is, or count or receive the rest first.`,
  },
  kept_for_orders: {
    title: msg`These units are kept for orders`,
    advice: msg`Cancel, assign or ship the orders they are kept for first.`,
  },
  held: { title: msg`The order is on hold`, advice: msg`Release the hold first.` },
  owner_protected: {
    title: msg`The owner of the account is protected`,
    advice: msg`Only the owner can hand the account on, and another administrator must accept it.`,
  },
  role_archived: {
    title: msg`This role was archived`,
    advice: msg`Give another role first.`,
  },
  last_administrator: {
    title: msg`The account needs an active administrator`,
    advice: msg`Make somebody else an administrator first.`,
  },
  signed_in_as_another: {
    title: msg`You are signed in as somebody else`,
    advice: msg`Sign out first, then open the link again.`,
  },
  busy: { title: msg`Somebody else is changing this right now`, advice: msg`Try again in a moment.` },
  in_progress: { title: msg`This is still being worked on`, advice: msg`Try again in a moment.` },
  link_spent: {
    title: msg`This link no longer works`,
    advice: msg`It was used, replaced or has expired. Ask for a new one.`,
  },
  changed_meanwhile: { title: msg`Somebody changed this meanwhile`, advice: msg`Look at both values and decide.` },
  too_large: { title: msg`This is too large`, advice: msg`Send less at a time.` },
  unsupported_media_type: { title: msg`This kind of file is not understood`, advice: msg`Choose a CSV file.` },
  key_reused: { title: msg`This was sent before with other contents`, advice: msg`Reload the page and try again.` },
  version_missing: { title: msg`The page is out of date`, advice: msg`Reload it and try again.` },
  too_many_tries: { title: msg`Too many tries`, advice: msg`Wait a few minutes and try again.` },
  rate_limited: { title: msg`Too many requests at once`, advice: msg`Go on in a moment.` },
  internal: {
    title: msg`This did not work`,
    advice: msg`The fault is on our side and has been logged. Try again; if it stays, give the id to whoever runs this server.`,
  },
  outcome_unknown: {
    title: msg`It is not certain that this was saved`,
    advice: msg`The database went away at the very end. Reload and look before you do it again.`,
  },
  overloaded: {
    title: msg`The server has more to do than it can`,
    advice: msg`Try again in a moment. Nothing was done.`,
  },
  unavailable: { title: msg`The database does not answer`, advice: msg`Try again in a moment. Nothing was saved.` },
}
