/** A signal sent twice by who forwards it (a terminal and npm, say) is one. */
const echo = 500

/** In all, in milliseconds: what came in is answered, jobs end their batch (a few seconds) and are handed to other workers. */
export const patience = 25_000

/**
 * Resolves when this process is asked to stop: by a signal, or because whoever started it is gone. Asked once more, or
 * when `patience` is over, it ends at once: what was acknowledged is in the database.
 */
export function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = 0
    const leave = () => {
      if (asked && Date.now() - asked > echo) process.exit(0)
      if (asked) return
      asked = Date.now()
      setTimeout(() => process.exit(0), patience).unref()
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, leave)
    process.once('disconnect', leave)
  })
}
