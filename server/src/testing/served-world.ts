import { startWorker } from '#kernel/jobs-worker.ts'
import { openWorld, type World } from './world.ts'

export interface ServedWorld extends World {
  url: string
}

/** A world that listens and works through its queue, as the real server does. */
export async function openServedWorld(port: number): Promise<ServedWorld & { close(): Promise<void> }> {
  const url = `http://127.0.0.1:${port}`
  const world = await openWorld({ publicUrl: url, poolSize: 6 })
  await world.app.listen({ port, host: '127.0.0.1' })
  const worker = await startWorker(world.deps)
  return {
    ...world,
    url,
    close: async () => {
      await worker.stop()
      await world.close()
    },
  }
}
