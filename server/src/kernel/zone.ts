const formats = new Map<string, Intl.DateTimeFormat>()

/** The wall clock of a zone at an instant (ISO 8601), as YYYY-MM-DDTHH:MM:SS. */
function wallClock(zone: string, instant: string | number): string {
  let format = formats.get(zone)
  if (!format) {
    const two = '2-digit'
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    })
    formats.set(zone, format)
  }
  return format.format(new Date(instant)).replace(' ', 'T')
}

/** The day of an instant in a zone, YYYY-MM-DD. */
export const dayIn = (zone: string, instant: string): string => wallClock(zone, instant).slice(0, 10)

/** The day after one, YYYY-MM-DD. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/**
 * The instant of a time that may carry its offset, else of the wall clock of a zone; of an hour that the clock shows
 * twice, the first.
 */
export function instantOf(time: string, zone: string): string {
  if (/(Z|[-+]\d{2}:\d{2})$/.test(time)) return new Date(time).toISOString()
  const asUtc = Date.parse(`${time}Z`)
  const offsetAt = (instant: number) => Date.parse(`${wallClock(zone, instant)}Z`) - instant
  const before = asUtc - offsetAt(asUtc - 86_400_000)
  const after = asUtc - offsetAt(asUtc + 86_400_000)
  const fits = [before, after].find((instant) => instant + offsetAt(instant) === asUtc) ?? before
  return new Date(fits).toISOString()
}
