/** What is drawn in a colour that somebody chose, such that it can be read. */
export interface SafeColors {
  /** Text and lines on a light page, and on a dark one. */
  light: string
  dark: string
  /** Behind white text. */
  fill: string
}

/** Pages of the theme: the surface that is hardest to read on, in each mode. */
const surfaces = { light: '#f0f3f6', dark: '#1c2025' }
/** WCAG 2.2, text of usual size. */
export const readable = 4.5

/** The colour as it was chosen where it can be read, else the nearest darker or lighter one of its hue that can. */
export function safeColors(color: string): SafeColors {
  return {
    light: until(color, 'darker', (tried) => contrast(tried, surfaces.light) >= readable),
    dark: until(color, 'lighter', (tried) => contrast(tried, surfaces.dark) >= readable),
    fill: until(color, 'darker', (tried) => contrast(tried, '#ffffff') >= readable),
  }
}

/** The contrast of two colours, #rrggbb, from 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Mixes black or white into a colour, a hundredth at a time, until it will do; black and white always do. */
function until(color: string, way: 'darker' | 'lighter', fits: (color: string) => boolean): string {
  const target = way === 'darker' ? 0 : 255
  for (let part = 0; part <= 100; part++) {
    const mixed = channels(color).map((value) => Math.round(value + ((target - value) * part) / 100))
    const tried = `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
    if (fits(tried)) return tried
  }
  throw new Error(`nothing between ${color} and its end can be read`)
}

const channels = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))

function luminance(color: string): number {
  const [red, green, blue] = channels(color).map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
