const every = 500
/** For so long after a standstill what arrives is refused: what piled up meanwhile is worked off first. */
const rest = 1_000

/**
 * Notices when the whole program stood still (a bug that computes for seconds, a machine that swaps).
 * @param limit milliseconds that it may be late before that counts as a standstill
 * @returns whether it has just stood still and is catching up
 */
export function watchStandstill(limit: number): () => boolean {
  let expected = performance.now() + every
  let restUntil = 0
  setInterval(() => {
    const now = performance.now()
    if (now - expected > limit) restUntil = now + rest
    expected = now + every
  }, every).unref()
  return () => performance.now() < restUntil
}
