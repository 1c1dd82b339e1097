import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useWorld } from '../world.ts'
import { killAtEach } from './failing-client.ts'
import { importStory, inviteStory, type MailPeer, openMailPeer, shipStory } from './stories.ts'

/** A handful of the places where the server can die; all of them in npm run prove. */
describe('a server that is killed, started again and asked again', () => {
  const world = useWorld()
  let peer: MailPeer
  beforeAll(async () => {
    peer = await openMailPeer()
  })
  afterAll(() => peer?.close())
  const once = { only: 1 }

  it('F1 within a batch of an import: resumed from its checkpoint, every order once', async () => {
    expect(await killAtEach(world, { story: importStory, point: 'import.before_commit', ...once })).toBe(1)
  }, 90_000)

  it('F12 between the commit of a shipment and the answer: asked again, it is told the same', async () => {
    expect(await killAtEach(world, { story: shipStory, point: 'answer.before_send', only: 2 })).toBe(1)
  }, 60_000)

  it('F2 F73 after the mail server took a mail: sent again by another link, the first is dead', async () => {
    const story = inviteStory(peer)
    expect(await killAtEach(world, { story, point: 'mail.after_send', env: { SMTP_URL: peer.url }, ...once })).toBe(1)
  }, 60_000)
})
