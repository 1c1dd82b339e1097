import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type State, type Step, type StepRule, steps } from '../../server/src/fulfillment/lifecycle.ts'
import { stages, verbs, whyNot } from '../../server/src/orders/lifecycle.ts'
import { type RequestState, requestStates, requestSteps } from '../../server/src/orders/requests/lifecycle.ts'
import {
  type Side,
  type StepRule as TransferRule,
  steps as transferSteps,
} from '../../server/src/transfers/lifecycle.ts'
import { by, table } from './markdown.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** The branches of a `case` in a SQL file, which say how something is computed. */
function branches(path: string, before: string): string {
  const text = readFileSync(resolve(ROOT, path), 'utf8')
  const found = new RegExp(`${before} case\\n([\\s\\S]*?) end(?: as |\\n *from )`).exec(text)
  if (!found) throw new Error(`${path} no longer holds "${before} case … end"`)
  const indent = /^ */.exec(found[1]!)![0]
  return `\`\`\`sql\n${found[1]!.replaceAll(`\n${indent}`, '\n').slice(indent.length)}\n\`\`\``
}

/** Where a step leads when all units are chosen. */
const leadsTo: Partial<Record<Step, State>> = {
  accept: 'accepted',
  reject: 'rejected',
  ship: 'shipped',
  unassign: 'unassigned',
}

function fulfillmentDiagram(): string {
  const reachable: State[] = ['offered', 'open', ...Object.values(leadsTo)]
  const arrows = (Object.entries(steps) as [Step, StepRule][]).flatMap(([step, { from }]) =>
    from
      .filter((state) => leadsTo[step] && reachable.includes(state))
      .map((state) => `  ${state} --> ${leadsTo[step]}: ${step}`),
  )
  const first = ['  [*] --> offered: assign to a supplier', '  [*] --> open: assign to a warehouse']
  return ['```mermaid', 'stateDiagram-v2', ...first, ...arrows, '```'].join('\n')
}

function requestDiagram(): string {
  const reached = Object.values(requestSteps).map(({ to }) => to as RequestState)
  const byItself = requestStates.filter((state) => state !== 'open' && !reached.includes(state))
  const arrows = [
    ...Object.entries(requestSteps).map(([step, { from, to }]) => `  ${from[0]} --> ${to}: ${step}`),
    ...byItself.map((state) => `  open --> ${state}: the order leaves or is cancelled`),
  ]
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> open: ask', ...arrows, '```'].join('\n')
}

const transferRules = Object.entries(transferSteps) as [string, TransferRule][]

function transferDiagram(): string {
  const arrows = transferRules.flatMap(([step, { from, to, partly }]) =>
    from.flatMap((state) =>
      (partly && state === 'partially_received' ? [partly] : to)
        .filter((next) => next !== state)
        .map((next) => `  ${state} --> ${next}: ${step}`),
    ),
  )
  return [
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> draft: the house begins one of its own',
    '  [*] --> to_ship: a client announces one',
    ...arrows,
    '```',
  ].join('\n')
}

/** Who may take a step of a transfer, of whose. */
const whose = (name: string, sides: readonly Side[]) => (sides.length === 0 ? '' : `${name}: ${sides.join(', ')}`)

/** How orders, fulfillment orders and transfers live, from their lifecycles and the SQL that computes status and state. */
export function lifecycles(): string {
  const verbRows = Object.entries(verbs).map(([verb, rule]) => [
    verb,
    `\`${rule.permission}\``,
    ...stages.map((stage) => {
      const asked = 'asked' in rule && (rule.asked as readonly string[]).includes(stage)
      const refusal = whyNot(verb as keyof typeof verbs, [rule.permission], { stage, held: verb === 'release' })
      const wider = 'wider' in rule && (rule.wider.stages as readonly string[]).includes(stage)
      const allowed = wider ? `with \`${rule.wider.permission}\`` : (refusal ?? 'yes')
      return asked ? `${allowed} · can be asked for` : allowed
    }),
  ])
  const stepRows = (Object.entries(steps) as [Step, StepRule][]).map(([step, rule]) => [
    step,
    rule.permissions.map((word) => `\`${word}\``).join(', '),
    rule.from.join(', '),
    rule.whileHeld ? 'yes' : 'no',
  ])
  return `# Lifecycles

${by('server/src/orders', 'server/src/fulfillment', 'server/src/transfers')}

## The status of an order

Nobody sets a status. \`orders.status_of\` computes it from facts; the first line that holds decides. \`wanted\` are the units
of the order that need shipping and are not cancelled, \`sent\` those that left and those a fulfiller has taken on.

${branches('server/src/orders/functions.sql', 'select')}

## What may be done with an order, at which stage

Stages are of the whole order: _open_ (nothing given out), _submitted_ (released to a warehouse or accepted by a supplier),
_shipped_ (everything left), _cancelled_. A cell that is not _yes_ holds the sentence of the refusal (409, \`wrong_state\`). Further
rules: a held order is not shipped; only what is on hold is released.

${table(['step', 'permission', ...stages], verbRows)}

## Change requests and proposals

Who holds \`orders:propose\` asks for what he may not do himself: a _change request_ where the order is too far for him, a
_proposal_ where it is never his to do. Approving makes the change in the same transaction, by the same commands, in the name of
who approves.

${requestDiagram()}

${table(
  ['step', 'permission', 'from'],
  Object.entries(requestSteps).map(([step, { permission, from }]) => [step, `\`${permission}\``, from.join(', ')]),
)}

## The state of a fulfillment order

It is computed by \`fulfillment.settle\` from the quantities of its lines; the first line that holds decides. So a step on part
of the units leads where that says. What was taken back is _unassigned_ for ever.

${branches('server/src/fulfillment/functions.sql', 'facts.accepted,')}

${fulfillmentDiagram()}

${table(['step', 'permission of the house, of the supplier', 'from', 'while on hold'], stepRows)}

## The life of a stock transfer

A client announces goods and sends them; either side receives. The house moves goods of its own from another warehouse or gets them
from a supplier. Stock rises at receipt alone, by what was counted. Receiving from _shipped_ records the arrival by itself; cancelling what was received in
part closes it short. _unverified_ units, which the client counted himself, are counted again by _verify_.

${transferDiagram()}

${table(
  ['step', 'permission', 'from', 'who'],
  transferRules.map(([step, { permission, from, ofClient, ofHouse }]) => [
    step,
    `\`${permission}\``,
    from.join(', '),
    [whose("of a client's", ofClient), whose("of the house's", ofHouse)].filter(Boolean).join(' · '),
  ]),
)}
`
}
