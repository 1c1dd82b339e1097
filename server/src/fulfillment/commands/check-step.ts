import { Problem } from '#kernel/problem.ts'
import { because, type Standing, type Step, type StepRule, steps } from '../lifecycle.ts'

/** @throws Problem wrong_state, with the states from which the step may be taken, or held */
export function checkStep(step: Step, { state, onHold }: Standing): void {
  const rule: StepRule = steps[step]
  if (!rule.from.includes(state))
    throw new Problem('wrong_state', because[state], { extra: { state, from: rule.from } })
  if (onHold && !rule.whileHeld) throw new Problem('held', 'The order is on hold: wait until it is released.')
}
