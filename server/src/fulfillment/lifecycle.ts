import type { Permission } from '#kernel/permissions.ts'

/**
 * The life of a fulfillment order, as data: the server checks a step by it, `can` offers it.
 * The state itself is computed by fulfillment.settle from the quantities of the lines.
 */
export const states = [
  'open',
  'released',
  'picking',
  'packed',
  'offered',
  'accepted',
  'shipped',
  'rejected',
  'cancelled',
  'unassigned',
] as const
export type State = (typeof states)[number]

export interface StepRule {
  /** The house's word first, then the supplier's own. */
  permissions: readonly Permission[]
  from: readonly State[]
  whileHeld: boolean
}

const inWarehouse = ['open', 'released', 'picking', 'packed'] as const

export const steps = {
  accept: { permissions: ['fulfillment:answer', 'queue:answer'], from: ['offered'], whileHeld: false },
  reject: { permissions: ['fulfillment:answer', 'queue:answer'], from: ['offered', 'accepted'], whileHeld: true },
  ship: {
    permissions: ['fulfillment:ship', 'queue:ship'],
    from: [...inWarehouse, 'offered', 'accepted'],
    whileHeld: false,
  },
  unassign: { permissions: ['fulfillment:assign'], from: [...inWarehouse, 'offered', 'accepted'], whileHeld: true },
  hand: {
    permissions: ['fulfillment:assign', 'queue:assign'],
    from: [...inWarehouse, 'offered', 'accepted'],
    whileHeld: true,
  },
  print: {
    permissions: ['fulfillment:print', 'queue:print'],
    from: [...inWarehouse, 'offered', 'accepted', 'shipped'],
    whileHeld: true,
  },
} as const satisfies Record<string, StepRule>
export type Step = keyof typeof steps

export const because: Record<State, string> = {
  open: 'It is with a warehouse, where there is nothing to answer.',
  released: 'The warehouse is working on it.',
  picking: 'The warehouse is working on it.',
  packed: 'The warehouse has packed it.',
  offered: 'It has not been accepted yet.',
  accepted: 'It is accepted already.',
  shipped: 'It has left already.',
  rejected: 'It was rejected.',
  cancelled: 'It was cancelled.',
  unassigned: 'It was taken back.',
}

export interface Standing {
  state: State
  onHold: boolean
}

/** For each step the caller's role has: true, or the sentence that says why not now. */
export function whatCanBeDone(permissions: readonly string[], { state, onHold }: Standing) {
  const can: Record<string, true | string> = {}
  for (const [step, rule] of Object.entries(steps) as [Step, StepRule][]) {
    if (!rule.permissions.some((permission) => permissions.includes(permission))) continue
    if (!rule.from.includes(state)) can[step] = because[state]
    else can[step] = onHold && !rule.whileHeld ? 'The order is on hold.' : true
  }
  return can
}
