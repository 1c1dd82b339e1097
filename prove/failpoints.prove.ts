import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { killAtEach, type Story } from '../server/src/testing/proof/failing-client.ts'
import {
  assignStory,
  exportStory,
  importStory,
  inviteStory,
  layOutExport,
  type MailPeer,
  openMailPeer,
  points,
  shipStory,
} from '../server/src/testing/proof/stories.ts'
import { useWorld } from '../server/src/testing/world.ts'

/** Every story, killed at every hit of every point it passes; after each kill started again, asked again, and all invariants asked. */
describe('a server that is killed', () => {
  const world = useWorld(layOutExport)
  let peer: MailPeer
  beforeAll(async () => {
    peer = await openMailPeer()
  })
  afterAll(() => peer?.close())
  const stories: Record<keyof typeof points, Story> = {
    import: importStory,
    assign: assignStory,
    ship: shipStory,
    invite: (client, run) => inviteStory(peer)(client, run),
    export: exportStory,
  }
  const cases = Object.entries(points).flatMap(([name, passed]) => passed.map((point) => [name, point] as const))

  it.each(cases)('%s: at every hit of %s', async (name, point) => {
    const story = stories[name as keyof typeof points]
    expect(await killAtEach(world, { story, point, env: { SMTP_URL: peer.url } })).toBeGreaterThan(0)
  })
})
