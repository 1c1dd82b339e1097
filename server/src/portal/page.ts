import type { Face } from './face.ts'

const escaped = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)

/**
 * The one page as a portal sends it: with its name and icon in the place of the product's, and what the page must know before it
 * has asked anything, base and face.
 */
export function pageOf(html: string, face: Face, base: string): string {
  const name = escaped(face.name)
  const icon = face.images.favicon ? `<link rel="icon" href="${base}/portal-images/${face.images.favicon}" />` : ''
  const told = `<meta name="portal" content="${escaped(JSON.stringify({ base, ...face }))}" />`
  return html
    .replace(/<link rel="icon"[^>]*>/, () => `${icon}${told}`)
    .replace(/<title>.*?<\/title>/, () => `<title>${name}</title>`)
    .replace(/<noscript>.*?<\/noscript>/, () => `<noscript>${name}: JavaScript.</noscript>`)
}
