import { setTimeout as wait } from 'node:timers/promises'

/** Does something again and again, never twice at once. While the same goes wrong, it says so once. */
export class Loop {
  readonly #pause: number
  readonly #task: () => Promise<void>
  readonly #report: (error: unknown) => void
  readonly #ended = new AbortController()
  #done: Promise<void> | undefined
  #complaint = ''

  constructor(pause: number, task: () => Promise<void>, report: (error: unknown) => void) {
    this.#pause = pause
    this.#task = task
    this.#report = report
  }

  start(): void {
    this.#done = this.#run()
  }

  async stop(): Promise<void> {
    this.#ended.abort()
    await this.#done
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      try {
        await this.#task()
        this.#complaint = ''
      } catch (error) {
        const { message } = error as Error
        if (message !== this.#complaint) this.#report(error)
        this.#complaint = message
      }
      await wait(this.#pause, undefined, { signal: this.#ended.signal }).catch(() => {})
    }
  }
}
