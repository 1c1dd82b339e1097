import type { Permission } from '#kernel/permissions.ts'

/**
 * The life of a stock transfer, as data: the server checks a step by it, `can` offers it, the
 * documentation draws it. transfers.keep_state holds the states once more, in the database.
 */
export const states = [
  'draft',
  'to_ship',
  'shipped',
  'delivered',
  'partially_received',
  'received',
  'closed_short',
  'cancelled',
] as const
export type State = (typeof states)[number]
export const sides = ['client', 'host'] as const
export type Side = (typeof sides)[number]

export interface StepRule {
  permission: Permission
  from: readonly State[]
  /** Where it leads; empty: nowhere else. */
  to: readonly State[]
  /** Where it leads instead when part was received. */
  partly?: State
  /** Which side may take it, of whose transfer. */
  ofClient: readonly Side[]
  ofHouse: readonly Side[]
}

const underWay = ['shipped', 'delivered', 'partially_received'] as const
const ended = ['received', 'closed_short'] as const
const both = { ofClient: sides, ofHouse: ['host'] } as const
const houseOnly = { ofClient: ['host'], ofHouse: ['host'] } as const
/** What a client announced is his word: nobody of the house edits or clones it, and he himself cancels and announces anew. */
const ownOnly = { ofClient: [], ofHouse: ['host'] } as const

export const steps = {
  edit: { permission: 'transfers:edit', from: ['draft', 'to_ship'], to: [], ...ownOnly },
  clone: { permission: 'transfers:edit', from: states, to: [], ...ownOnly },
  announce: { permission: 'transfers:edit', from: ['draft'], to: ['to_ship'], ...ownOnly },
  ship: {
    permission: 'transfers:ship',
    from: ['to_ship'],
    to: ['shipped'],
    ofClient: ['client'],
    ofHouse: ['host'],
  },
  /** The goods are there, and the client had not said that they left. */
  arrive: { permission: 'transfers:ship', from: ['to_ship'], to: ['delivered'], ofClient: ['host'], ofHouse: [] },
  deliver: { permission: 'transfers:ship', from: ['shipped'], to: ['delivered'], ...both },
  receive: { permission: 'transfers:receive', from: underWay, to: ['partially_received', 'received'], ...both },
  /** The house counts what the client counted himself. */
  verify: {
    permission: 'transfers:receive',
    from: ['partially_received', ...ended],
    to: [],
    ofClient: ['host'],
    ofHouse: [],
  },
  close: { permission: 'transfers:close', from: underWay, to: ['closed_short'], ...houseOnly },
  cancel: {
    permission: 'transfers:cancel',
    from: ['draft', 'to_ship', ...underWay],
    to: ['cancelled'],
    partly: 'closed_short',
    ...both,
  },
  /** What was counted otherwise than declared, both sides confirm. */
  confirm: { permission: 'transfers:receive', from: ended, to: [], ofClient: sides, ofHouse: [] },
  print: { permission: 'transfers:print', from: states, to: [], ...both },
} as const satisfies Record<string, StepRule>
export type Step = keyof typeof steps

/** Why a step is not possible in a state, as the API says it. */
export const because: Record<State, string> = {
  draft: 'It is a draft: announce it first.',
  to_ship: 'It has not left yet.',
  shipped: 'It has left already.',
  delivered: 'It has arrived already.',
  partially_received: 'Part of it was received already.',
  received: 'It was received already.',
  closed_short: 'It was closed already.',
  cancelled: 'It was cancelled.',
}

export interface Standing {
  state: State
  origin: 'client' | 'warehouse' | 'supplier'
  /** Eaches that the client counted and the house did not. */
  unverified: number
  /** Whether it goes to a warehouse of the reader's, and whether it leaves one of his; what comes from elsewhere leaves none. */
  here: boolean
  sends: boolean
  /** Whether something was counted otherwise than declared, and this side has not confirmed it. */
  toConfirm: boolean
}

/** Whether somebody of this side may take a step at all, whatever the state. */
export const isForSide = (step: Step, side: Side, origin: Standing['origin']) =>
  (steps[step][origin === 'client' ? 'ofClient' : 'ofHouse'] as readonly Side[]).includes(side)

/** Whether it is for who looks after these warehouses: what leaves one of the house is shipped there, all else is done where it goes. */
export const isForPlace = (step: Step, { here, sends, origin }: Standing) =>
  step === 'print' ? here || sends : step === 'ship' && origin === 'warehouse' ? sends : here

/** Why a step is not possible now; undefined where it is. */
export function whyNot(step: Step, { state, unverified, toConfirm }: Standing): string | undefined {
  if (!(steps[step].from as readonly State[]).includes(state)) return because[state]
  if (step === 'verify' && unverified === 0) return 'Nothing of it waits to be counted by the house.'
  if (step === 'confirm' && unverified > 0) return 'The house has not counted all of it yet.'
  if (step === 'confirm' && !toConfirm) return 'There is no difference left to confirm.'
  return undefined
}

/** For each step of this side and role: true, or the sentence that says why not now. Steps that are not theirs are absent. */
export function whatCanBeDone(permissions: readonly string[], side: Side, standing: Standing) {
  const can: Partial<Record<Step, true | string>> = {}
  for (const step of Object.keys(steps) as Step[]) {
    if (!permissions.includes(steps[step].permission) || !isForSide(step, side, standing.origin)) continue
    if (!isForPlace(step, standing)) continue
    can[step] = whyNot(step, standing) ?? true
  }
  return can
}
