import { cpus, loadavg } from 'node:os'
import { processorTime } from '../bench/timing.ts'
import type { World } from '../server/src/testing/world.ts'

/** Whether the clock tells about us, rather than about what else the machine does. */
export const isQuiet = loadavg()[0]! < cpus().length

/** Milliseconds of processor that the database has spent so far on the connections by which a world's people ask. */
export async function spent({ owner }: World): Promise<number> {
  const { rows } = await owner.query<{ pid: number }>(
    "select pid from pg_stat_activity where datname = current_database() and application_name in ('crossdock staff', 'crossdock client')",
  )
  return rows.reduce((sum, { pid }) => sum + processorTime(pid), 0)
}
