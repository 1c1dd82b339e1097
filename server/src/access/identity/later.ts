const underWay = new Set<Promise<void>>()

/**
 * Does something after the answer has left, so that its time says nothing. What fails is dropped: the person asks again.
 */
export function later(work: () => Promise<void>): void {
  const done: Promise<void> = new Promise<void>((resolve) => setImmediate(resolve))
    .then(work)
    .catch(() => {})
    .finally(() => underWay.delete(done))
  underWay.add(done)
}

/** Waits for what is under way. */
export const allDone = () => Promise.all(underWay)
