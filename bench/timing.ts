import { readFileSync } from 'node:fs'

/** One way of doing a thing; called again and again, and timed. */
export type Way = () => Promise<unknown>

/**
 * What a process has spent on a processor, in ms. Where others use the machine, it says more than the clock does.
 * Linux only; elsewhere the clock.
 */
export function processorTime(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6
  } catch {
    return performance.now()
  }
}

export interface Timed {
  /** Median and 95th percentile, in ms. */
  p50: number
  p95: number
  best: number
  count: number
}

/**
 * Times several ways of doing the same in turns, so that whatever else the machine does meets them all alike.
 * @param clocks what to read the time from, where it is not the clock on the wall
 * @param rounds of each way, after a tenth as many unmeasured
 */
export async function inTurns<K extends string>(
  ways: Record<K, Way>,
  rounds: number,
  clocks: Partial<Record<K, () => number>> = {},
): Promise<Record<K, Timed>> {
  const names = Object.keys(ways) as K[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
  const warmup = Math.max(8, Math.ceil(rounds / 10))
  for (let round = -warmup; round < rounds; round++) {
    for (const name of names) {
      const clock = clocks[name] ?? (() => performance.now())
      const began = clock()
      await ways[name]()
      if (round >= 0) times[name].push(clock() - began)
    }
  }
  return Object.fromEntries(names.map((name) => [name, summary(times[name])])) as Record<K, Timed>
}

export function summary(times: number[]): Timed {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50: at(0.5), p95: at(0.95), best: at(0.05), count: sorted.length }
}

/** Runs `work` for every index below `count`, `parallel` at a time; how many a second. */
export async function perSecond(
  count: number,
  parallel: number,
  work: (index: number, worker: number) => Promise<unknown>,
): Promise<number> {
  const began = performance.now()
  let next = 0
  const run = async (worker: number) => {
    while (next < count) await work(next++, worker)
  }
  await Promise.all(Array.from({ length: parallel }, (_, worker) => run(worker)))
  return count / ((performance.now() - began) / 1000)
}
