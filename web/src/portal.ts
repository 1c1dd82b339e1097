import type { Face } from '../../server/src/portal/face.ts'

/** The portal this page was sent by, as the server told it in the page itself; null at the desk, but while one looks at what a client sees. */
export const portal = told()

/** What every address of this page begins with: nothing, or /p/ and the portal's name. */
export const base = portal?.base ?? ''

function told(): (Face & { base: string }) | null {
  const text = globalThis.document?.querySelector<HTMLMetaElement>('meta[name="portal"]')?.content
  return text ? JSON.parse(text) : null
}

/** Where a picture of the portal is. */
export const imageUrl = (hash: string) => `${base}/portal-images/${hash}`

/** Draws the page in the portal's colour, which the server made readable in both modes. */
export function wearColors() {
  const colors = portal?.colors
  if (!colors) return
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    :root { --accent: ${colors.light}; --accent-fill: ${colors.fill}; --accent-soft: color-mix(in srgb, ${colors.light} 10%, #fff); --selected: var(--accent-soft); }
    :root[data-mantine-color-scheme="dark"] { --accent: ${colors.dark}; --accent-soft: color-mix(in srgb, ${colors.dark} 18%, #14171b); --selected: var(--accent-soft); }`)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
