/**
 * What may be done with an order at which stage, as data: the server checks it, the page offers
 * it. A verb is allowed in the stages named; elsewhere the sentence says why not.
 *
 * Stages, of the whole order: open (nothing given out) · submitted (released to a warehouse, or accepted by a supplier) ·
 * shipped (everything left) · cancelled.
 */
export const stages = ['open', 'submitted', 'shipped', 'cancelled'] as const
export type Stage = (typeof stages)[number]

/** Why something is not possible now, as the API says it; the page has its own words for each. */
export const reasons = {
  left: 'It has left already.',
  cancelled: 'It is cancelled.',
  atWork: 'A warehouse or supplier is working on it: ask for the change.',
  stopFirst: 'A warehouse or supplier is working on it: ask for it to be stopped.',
  recallFirst: 'A warehouse or supplier is working on it: ask for it to be recalled first.',
  noMore: 'More units can be ordered only while nobody works on it.',
  notHeld: 'It is not on hold.',
  held: 'It is on hold: release it first.',
  theirs: 'The other side holds it: it is theirs to release.',
  notLeft: 'It has not left yet.',
  notNow: 'It is not possible at this stage.',
} as const
export type Reason = (typeof reasons)[keyof typeof reasons]

interface Rule {
  permission: string
  stages: readonly Stage[]
  /** Stages in which somebody who may not do it himself can ask for it. */
  asked?: readonly Stage[]
  /** Who holds this further permission may also do it in these stages. */
  wider?: { permission: string; stages: readonly Stage[] }
  otherwise: Partial<Record<Stage, Reason>>
}

const gone = { shipped: reasons.left, cancelled: reasons.cancelled }
const notGone = ['open', 'submitted'] as const
/** Who may approve a change may also make it: he has spoken to those who work on it. */
const untilAtWork = {
  stages: ['open'],
  wider: { permission: 'orders:approve', stages: ['submitted'] },
  asked: notGone,
} as const

export const verbs = {
  edit: { permission: 'orders:edit', ...untilAtWork, otherwise: { ...gone, submitted: reasons.atWork } },
  // Another country means other duties, carriers and prices.
  changeCountry: { permission: 'orders:create', ...untilAtWork, otherwise: { ...gone, submitted: reasons.atWork } },
  // Quantities and prices of lines: for others, always a proposal.
  editLines: { permission: 'orders:approve', stages: notGone, asked: notGone, otherwise: gone },
  schedule: { permission: 'orders:edit', stages: ['open', 'submitted'], otherwise: gone },
  hold: { permission: 'orders:hold', ...untilAtWork, otherwise: { ...gone, submitted: reasons.stopFirst } },
  release: { permission: 'orders:hold', stages: ['open', 'submitted', 'cancelled'], otherwise: {} },
  cancel: {
    permission: 'orders:cancel',
    stages: ['open'],
    asked: notGone,
    wider: { permission: 'fulfillment:assign', stages: ['submitted'] },
    otherwise: { ...gone, submitted: reasons.recallFirst },
  },
  // Nobody does it here yet: what comes back is asked for, and agreed.
  takeBack: {
    permission: 'orders:approve',
    stages: [],
    asked: ['shipped'],
    otherwise: { open: reasons.notLeft, submitted: reasons.notLeft, cancelled: reasons.cancelled },
  },
  tag: { permission: 'orders:tag', stages, otherwise: {} },
  comment: { permission: 'orders:comment', stages, otherwise: {} },
  raise: { permission: 'orders:edit', stages: notGone, otherwise: gone },
  resolve: { permission: 'orders:edit', stages, otherwise: {} },
  assign: { permission: 'fulfillment:assign', stages: ['open', 'submitted'], otherwise: gone },
  ship: { permission: 'fulfillment:ship', stages: ['open', 'submitted'], otherwise: gone },
} as const satisfies Record<string, Rule>
export type Verb = keyof typeof verbs

/** Where an order stands: its stage, whether it is held, and whether by the caller's side. */
export interface Standing {
  stage: string
  held: boolean
  ours: boolean
}

/** For each verb the role has: true, or the sentence that says why not now. Verbs it lacks are absent. */
export function whatCanBeDone(permissions: readonly string[], order: Standing): Partial<Record<Verb, true | Reason>> {
  const can: Partial<Record<Verb, true | Reason>> = {}
  for (const [verb, rule] of Object.entries(verbs) as [Verb, Rule][]) {
    if (!permissions.includes(rule.permission)) continue
    can[verb] = whyNot(verb, permissions, order) ?? true
  }
  return can
}

/** What can be asked for now by one who may ask: what he may not do himself, while there is something left to change. */
export function whatCanBeAsked(permissions: readonly string[], order: Standing): Verb[] {
  if (!permissions.includes('orders:propose')) return []
  const can = whatCanBeDone(permissions, order)
  return (Object.entries(verbs) as [Verb, Rule][])
    .filter(([verb, { asked }]) => asked?.includes(order.stage as Stage) && can[verb] !== true)
    .map(([verb]) => verb)
}

/** The stages in which somebody with these permissions may take this step. */
export function stagesFor(verb: Verb, permissions: readonly string[]): readonly Stage[] {
  const { stages, wider }: Rule = verbs[verb]
  return wider && permissions.includes(wider.permission) ? [...stages, ...wider.stages] : stages
}

/** Why a verb is not possible now; undefined where it is. */
export function whyNot(
  verb: Verb,
  permissions: readonly string[],
  order: Partial<Standing> & { stage: string },
): Reason | undefined {
  if (verb === 'release' && !order.held) return reasons.notHeld
  if (verb === 'release' && order.ours === false) return reasons.theirs
  if (verb === 'ship' && order.held) return reasons.held
  if (stagesFor(verb, permissions).includes(order.stage as Stage)) return undefined
  const rule: Rule = verbs[verb]
  return rule.otherwise[order.stage as Stage] ?? reasons.notNow
}
