import type { Scope } from './scope.ts'

export type Hours = NonNullable<Scope['hours']>
/** The same hours on several days of the week, as a person writes them: until may lie after midnight. */
export type Shift = { days: number[]; from: string; until: string }

export const weekdays = [1, 2, 3, 4, 5, 6, 7]

/** Each day's stretches; what goes across midnight becomes two, the second on the next day. */
export function toHours(shifts: Shift[]): Hours {
  return shifts.flatMap(({ days, from, until }) =>
    days.flatMap((day) => {
      const next = (day % 7) + 1
      if (until === '00:00' || until === '24:00') return [{ day, from, until: '24:00' }]
      if (from < until) return [{ day, from, until }]
      return [
        { day, from, until: '24:00' },
        { day: next, from: '00:00', until },
      ]
    }),
  )
}

/** Days with the same hours together; two halves of a night are one again. */
export function toShifts(hours: Hours): Shift[] {
  const shifts = new Map<string, Shift>()
  for (const { day, from, until } of joined(hours)) {
    const known = shifts.get(`${from} ${until}`)
    if (known) known.days.push(day)
    else shifts.set(`${from} ${until}`, { days: [day], from, until })
  }
  return [...shifts.values()].map((shift) => ({ ...shift, days: shift.days.sort((a, b) => a - b) }))
}

function joined(hours: Hours): Hours {
  const morningOf = ({ day, from, until }: Hours[number]) =>
    until === '24:00' && from !== '00:00'
      ? hours.find((one) => one.day === (day % 7) + 1 && one.from === '00:00' && one.until <= from)
      : undefined
  const mornings = new Set(hours.map(morningOf))
  return hours.filter((one) => !mornings.has(one)).map((one) => ({ ...one, until: morningOf(one)?.until ?? one.until }))
}
