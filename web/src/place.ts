import { base } from './portal.ts'

/** In whose place the page was loaded: what is on it belongs to that account alone. */
let here: string | null = null

/** After a sign-in, a switch or a sign-out in this window: the next answer says where it is. */
export const leavePlace = () => {
  here = null
}

/**
 * Notes in whose place an answer was given. Where another window has gone to another account meanwhile, this one begins anew
 * rather than show both: the answer is never handed on.
 */
export async function stayInPlace(response: Response): Promise<void> {
  const place = response.headers.get('x-place')
  if (!place) return
  if (here === null || here === place) {
    here = place
    return
  }
  window.location.assign(`${base}/`)
  await new Promise(() => {})
}
