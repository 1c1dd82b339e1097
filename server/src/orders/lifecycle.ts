/**
 * What may be done with an order at which stage (lifecycles.md, section 2), as data: the server checks it, the page offers
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
  atWork: 'A warehouse or supplier is working on it: ask them before you change it.',
  recallFirst: 'A warehouse or supplier is working on it: ask for it to be recalled first.',
  notHeld: 'It is not on hold.',
  held: 'It is on hold: release it first.',
  notNow: 'It is not possible at this stage.',
} as const
export type Reason = (typeof reasons)[keyof typeof reasons]

interface Rule {
  permission: string
  stages: readonly Stage[]
  /** Who holds this further permission may also do it in these stages. */
  wider?: { permission: string; stages: readonly Stage[] }
  otherwise: Partial<Record<Stage, Reason>>
}

const gone = { shipped: reasons.left, cancelled: reasons.cancelled }

export const verbs = {
  edit: { permission: 'orders:edit', stages: ['open'], otherwise: { ...gone, submitted: reasons.atWork } },
  // Another country means other duties, carriers and prices.
  changeCountry: { permission: 'orders:create', stages: ['open'], otherwise: { ...gone, submitted: reasons.atWork } },
  schedule: { permission: 'orders:edit', stages: ['open', 'submitted'], otherwise: gone },
  hold: { permission: 'orders:hold', stages: ['open', 'submitted'], otherwise: gone },
  release: { permission: 'orders:hold', stages: ['open', 'submitted', 'cancelled'], otherwise: {} },
  cancel: {
    permission: 'orders:cancel',
    stages: ['open'],
    wider: { permission: 'fulfillment:assign', stages: ['submitted'] },
    otherwise: { ...gone, submitted: reasons.recallFirst },
  },
  tag: { permission: 'orders:tag', stages, otherwise: {} },
  comment: { permission: 'orders:comment', stages, otherwise: {} },
  resolve: { permission: 'orders:edit', stages, otherwise: {} },
  assign: { permission: 'fulfillment:assign', stages: ['open', 'submitted'], otherwise: gone },
  ship: { permission: 'fulfillment:ship', stages: ['open', 'submitted'], otherwise: gone },
} as const satisfies Record<string, Rule>
export type Verb = keyof typeof verbs

/** For each verb the role has: true, or the sentence that says why not now. Verbs it lacks are absent. */
export function whatCanBeDone(
  permissions: readonly string[],
  order: { stage: string; held: boolean },
): Partial<Record<Verb, true | Reason>> {
  const can: Partial<Record<Verb, true | Reason>> = {}
  for (const [verb, rule] of Object.entries(verbs) as [Verb, Rule][]) {
    if (!permissions.includes(rule.permission)) continue
    can[verb] = whyNot(verb, permissions, order) ?? true
  }
  return can
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
  order: { stage: string; held?: boolean },
): Reason | undefined {
  if (verb === 'release' && !order.held) return reasons.notHeld
  if (verb === 'ship' && order.held) return reasons.held
  if (stagesFor(verb, permissions).includes(order.stage as Stage)) return undefined
  const rule: Rule = verbs[verb]
  return rule.otherwise[order.stage as Stage] ?? reasons.notNow
}
