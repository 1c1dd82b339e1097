import { describe, expect, it } from 'vitest'
import { contrast, safeColors } from '#kernel/readable-colors.ts'
import { accounts, portal, portalOf } from '../testing/cast.ts'
import { dot, pngOf } from '../testing/pictures.ts'
import { form } from '../testing/upload.ts'
import { at, useWorld } from '../testing/world.ts'
import { faceOf } from './face.ts'
import { pageOf } from './page.ts'

const other = portalOf(accounts.two.id)

describe('the look of the portal', () => {
  const world = useWorld()
  const look = async (base: string) => await world.as(null, `GET ${base}/api/v1/portal`)
  const brand = async () => (await world.as('F1', 'GET /portal-brand')).body
  const change = async (body: object) => await world.as('F1', 'PATCH /portal-brand', body, at((await brand()).version))
  const upload = (content: Buffer | string, name = 'logo.png', kind = 'logo-light') => {
    const { body, headers } = form({ kind }, { name, content })
    return world.as('F1', 'POST /portal-brand/images', body, headers)
  }
  const picture = (base: string, hash: string) => world.app.inject({ url: `${base}/portal-images/${hash}` })

  it('53 who comes to the portal sees its name, colour, texts and language, and nothing of another account', async () => {
    expect((await look(portal.base)).body).toMatchObject({ name: 'Aster Goods', colors: null, locale: 'en' })
    const texts = {
      name: 'Petit Quai',
      color: '#ffd400',
      locale: 'fr',
      welcome: 'Bienvenue',
      support: 'aide@quai.example',
      footer: 'Quai SARL',
    }
    expect((await change({ ...texts, sender: 'Quai' })).status).toBe(200)
    const { body, text } = await look(portal.base)
    expect(body).toMatchObject({
      name: 'Petit Quai',
      locale: 'fr',
      welcome: 'Bienvenue',
      support: 'aide@quai.example',
      footer: 'Quai SARL',
    })
    expect(text).not.toMatch(/Aster|Borage|Crossdock/)
    expect((await look(other.base)).body.name).toBe('Borage Trading')
    expect((await look('')).status).toBe(404)
    const html = pageOf(
      '<title>Crossdock</title><link rel="icon" href="/favicon.svg" /><noscript>Crossdock needs JavaScript.</noscript>',
      await faceOf(world.deps, accounts.one.id),
      portal.base,
    )
    expect(html).toContain('<title>Petit Quai</title>')
    expect(html).not.toMatch(/Crossdock|Aster/)
    await change({ name: '"><script>alert(1)</script>' })
    const hostile = pageOf(
      '<title>x</title><link rel="icon" href="x">',
      await faceOf(world.deps, accounts.one.id),
      portal.base,
    )
    expect(hostile).not.toContain('<script')
    await change({ name: '' })
    for (const who of ['C1', 'V1', 'W1', 'S1'] as const)
      expect((await world.as(who, 'GET /portal-brand')).status).toBe(403)
    expect((await world.as('P1', 'PATCH /portal-brand', { name: 'Mine' }, at(1))).status).toBe(403)
  })

  it('53 whatever colour was chosen, text in it can be read in light and dark', () => {
    for (let n = 0; n < 400; n++) {
      const color = `#${((n * 41_943) % 0x1000000).toString(16).padStart(6, '0')}`
      const { light, dark, fill } = safeColors(color)
      for (const [a, b] of [
        [light, '#ffffff'],
        [dark, '#14171b'],
        ['#ffffff', fill],
      ] as const)
        expect(contrast(a, b), `${color}: ${a} on ${b}`).toBeGreaterThanOrEqual(4.5)
    }
    // What can be read already stays as it was chosen.
    expect(safeColors('#0b6e69')).toMatchObject({ light: '#0b6e69', fill: '#0b6e69' })
  })

  it('19 a logo is served by its hash at its own portal alone, for ever, and as a picture', async () => {
    const { body } = await upload(dot)
    const hash = body.images['logo-light']
    const answer = await picture(portal.base, hash)
    expect(answer.statusCode).toBe(200)
    expect(answer.rawPayload.equals(dot)).toBe(true)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    for (const [base, name] of [
      ['', hash],
      [other.base, hash],
      [portal.base, '0'.repeat(64)],
      [portal.base, hash.slice(1)],
      [portal.base, '..%2f..%2fetc'],
    ])
      expect((await picture(base!, name!)).statusCode, `${base} ${name}`).toBe(404)
    expect((await world.as('F1', 'DELETE /portal-brand/images/logo-light')).body.images['logo-light']).toBeNull()
    expect((await picture(portal.base, hash)).statusCode).toBe(404)
  })

  it('an SVG, what is no picture, and one too large are refused with the reason', async () => {
    const refused = async (content: Buffer | string, name?: string) => {
      const answer = await upload(content, name)
      return [answer.status, answer.body.code, answer.body.detail]
    }
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for (const content of [svg, `<?xml version="1.0"?>${svg}`, `\uFEFF\n${svg}`, `<!-- x -->${svg}`])
      expect(await refused(content, 'logo.png')).toEqual([
        400,
        'file_refused',
        expect.stringMatching(/SVG can carry scripts/),
      ])
    expect(await refused('GIF89a', 'logo.png')).toEqual([
      400,
      'file_refused',
      expect.stringMatching(/no PNG, JPEG or WebP/),
    ])
    expect(await refused(pngOf(2001, 10))).toEqual([400, 'file_refused', expect.stringMatching(/2001 × 10 pixels/)])
    expect(await refused(pngOf(0, 10))).toEqual([400, 'file_refused', expect.any(String)])
    expect(await refused(Buffer.concat([dot, Buffer.alloc(262_144)]))).toEqual([
      400,
      'file_refused',
      expect.stringMatching(/at most 256 kB/),
    ])
    expect((await brand()).images['logo-light']).toBeNull()
  })
})
