/**
 * What may be done with an order at which stage (lifecycles.md, section 2), as data: the server checks it, the page offers
 * it. A verb is allowed in the stages named; elsewhere the sentence says why not.
 *
 * Stages, of the whole order: open (nothing given out) · submitted (released to a warehouse, or accepted by a supplier) ·
 * shipped (everything left) · cancelled.
 */
export const stages = ['open', 'submitted', 'shipped', 'cancelled'] as const
export type Stage = (typeof stages)[number]

interface Rule {
  permission: string
  stages: readonly Stage[]
  /** Who holds this further permission may also do it in these stages. */
  wider?: { permission: string; stages: readonly Stage[] }
  otherwise: Partial<Record<Stage, string>>
}

const gone = { shipped: 'It has left already.', cancelled: 'It is cancelled.' }
const atWork = 'A warehouse or supplier is working on it: ask them before you change it.'

export const verbs = {
  edit: { permission: 'orders:edit', stages: ['open'], otherwise: { ...gone, submitted: atWork } },
  // Another country means other duties, carriers and prices.
  changeCountry: { permission: 'orders:create', stages: ['open'], otherwise: { ...gone, submitted: atWork } },
  schedule: { permission: 'orders:edit', stages: ['open', 'submitted'], otherwise: gone },
  hold: { permission: 'orders:hold', stages: ['open', 'submitted'], otherwise: gone },
  release: { permission: 'orders:hold', stages: ['open', 'submitted', 'cancelled'], otherwise: {} },
  cancel: {
    permission: 'orders:cancel',
    stages: ['open'],
    wider: { permission: 'fulfillment:assign', stages: ['submitted'] },
    otherwise: { ...gone, submitted: 'A warehouse or supplier is working on it: ask for it to be recalled first.' },
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
): Record<string, true | string> {
  const can: Record<string, true | string> = {}
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
): string | undefined {
  if (verb === 'release' && !order.held) return 'It is not on hold.'
  if (verb === 'ship' && order.held) return 'It is on hold: release it first.'
  if (stagesFor(verb, permissions).includes(order.stage as Stage)) return undefined
  const rule: Rule = verbs[verb]
  return rule.otherwise[order.stage as Stage] ?? 'It is not possible at this stage.'
}
