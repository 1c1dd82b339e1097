import { invalid, notFound, Problem } from '#kernel/problem.ts'
import type { LineFacts } from './queries/open-fulfillment-order.ts'

export interface Chosen {
  lineId: string
  quantity?: number
}
export interface Units {
  id: string
  quantity: number
}

/** What is neither accepted, rejected nor cancelled yet. */
export const unanswered = (line: LineFacts) => line.quantity - line.rejected - line.cancelled - line.accepted
/** What has not left and is still to be shipped. */
export const unshipped = (line: LineFacts) => line.quantity - line.rejected - line.cancelled - line.shipped

/**
 * The units of a step: those chosen, or all that are open.
 * @param open how many units of a line the step may touch
 * @throws Problem invalid_request for more than is open, not_found for a line of elsewhere, wrong_state if nothing is open
 */
export function chooseUnits(
  lines: LineFacts[],
  chosen: Chosen[] | undefined,
  open: (line: LineFacts) => number,
): Units[] {
  const asked = chosen ?? lines.map(({ id }) => ({ lineId: id }) as Chosen)
  const units = asked.map(({ lineId, quantity }, index) => {
    const line = lines.find(({ id }) => id === lineId)
    if (!line) throw notFound()
    if (asked.findIndex((other) => other.lineId === lineId) !== index)
      throw invalid(`lines.${index}.lineId`, 'stands here twice')
    if (quantity !== undefined && quantity > open(line))
      throw invalid(`lines.${index}.quantity`, `must not be more than ${open(line)}`)
    return { id: lineId, quantity: quantity ?? open(line) }
  })
  const some = units.filter(({ quantity }) => quantity > 0)
  if (some.length === 0) throw new Problem('wrong_state', 'Nothing of it is left to do.')
  return some
}

/** What a step without chosen lines ships: what was accepted; where nothing waits accepted, all that is still here. */
export function toShip(lines: LineFacts[]): (line: LineFacts) => number {
  const accepted = lines.some((line) => line.accepted > line.shipped)
  return accepted ? (line) => line.accepted - line.shipped : unshipped
}

export const sum = (units: { quantity: number }[]) => units.reduce((total, { quantity }) => total + quantity, 0)
