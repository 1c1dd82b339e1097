/** Asks the person to show once more that it is him; false where he would rather not. */
type Prover = () => Promise<boolean>

let prover: Prover = async () => false
let asking: Promise<boolean> | undefined
let provedAt = Number.NEGATIVE_INFINITY

/** The dialog that asks says that it is there. */
export function setProver(ask: Prover) {
  prover = ask
}

/** Asks, once for all who want to know at the same time. */
export async function proveAgain(): Promise<boolean> {
  asking ??= prover().finally(() => {
    asking = undefined
  })
  const proved = await asking
  if (proved) provedAt = performance.now()
  return proved
}

/** Whether the session went on under a new secret after this moment: what was sent under the old one is sent again. */
export const provedSince = (moment: number) => provedAt > moment
