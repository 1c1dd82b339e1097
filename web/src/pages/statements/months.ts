/** The month that an address names, where it is one. */
export const monthOf = ({ month }: Record<string, unknown>): { month?: string } =>
  typeof month === 'string' && /^20\d\d-(0[1-9]|1[0-2])$/.test(month) ? { month } : {}

/** This month and the `count - 1` before it, as `YYYY-MM`, the latest first. */
export function lastMonths(today: string, count: number): string[] {
  const [year, month] = today.split('-').map(Number) as [number, number]
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  )
}
