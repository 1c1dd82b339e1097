import { byId, Closed, contract, Day, Id, Instant, Named, Nullable, OneOf, Text, Type } from '#kernel/endpoint.ts'
import { Action, Deed } from './actions.ts'
import { Condition, Explained } from './condition/schema.ts'

const Actions = Type.Array(Action, { minItems: 1, maxItems: 10 })
const Rule = Type.Object({
  id: Id,
  name: Type.String(),
  enabled: Type.Boolean(),
  condition: Condition,
  actions: Actions,
  /** Orders that meet it are not shown to the rules below. */
  stopAfter: Type.Boolean(),
  version: Type.Integer(),
  updatedBy: Type.String(),
  updatedAt: Instant,
  /** Orders it did something with in the last 7 days, and when last. */
  hits: Type.Integer(),
  lastHitAt: Nullable(Instant),
})

export const automationContract = contract({
  listRules: {
    method: 'GET',
    path: '/rules',
    allow: 'rules:read',
    summary: 'Rules in the order in which they run, with the names of what they speak of',
    response: Type.Object({
      items: Type.Array(Rule),
      suppliers: Type.Array(Type.Object({ id: Id, name: Type.String(), archived: Type.Boolean() })),
      stores: Type.Array(Named),
    }),
  },
  createRule: {
    method: 'POST',
    path: '/rules',
    allow: 'rules:edit',
    summary: 'Create a rule, as the last one or at a position',
    body: Closed({
      name: Text(1, 200),
      enabled: Type.Optional(Type.Boolean()),
      condition: Condition,
      actions: Actions,
      stopAfter: Type.Optional(Type.Boolean()),
      /** Counted from 1. */
      position: Type.Optional(Type.Integer({ minimum: 1 })),
    }),
    response: Type.Object({ id: Id }),
    status: 201,
  },
  changeRule: {
    method: 'PATCH',
    path: '/rules/:id',
    allow: 'rules:edit',
    summary: 'Change a rule, switch it on or off: a new version',
    params: byId,
    ifMatch: true,
    body: Closed({
      name: Type.Optional(Text(1, 200)),
      enabled: Type.Optional(Type.Boolean()),
      condition: Type.Optional(Condition),
      actions: Type.Optional(Actions),
      stopAfter: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({ version: Type.Integer() }),
  },
  moveRule: {
    method: 'POST',
    path: '/rules/:id/move',
    allow: 'rules:edit',
    summary: 'Let a rule run earlier or later',
    params: byId,
    body: Closed({ position: Type.Integer({ minimum: 1 }) }),
    response: Type.Object({}),
  },
  deleteRule: {
    method: 'DELETE',
    path: '/rules/:id',
    allow: 'rules:edit',
    summary: 'Delete a rule; what it did stays told',
    params: byId,
    response: Type.Object({}),
  },
  testRule: {
    method: 'POST',
    path: '/rules/test',
    allow: 'rules:edit',
    summary: 'How many of the last 1,000 orders meet a condition, and some of them',
    body: Closed({ condition: Condition }),
    response: Type.Object({
      of: Type.Integer(),
      orders: Type.Integer(),
      lines: Type.Integer(),
      sample: Type.Array(Type.Object({ id: Id, number: Type.String(), placedOn: Day })),
    }),
    keepAnswer: false,
  },
  explainRule: {
    method: 'POST',
    path: '/rules/explain',
    allow: 'rules:edit',
    summary: 'Why one order meets a condition or not, part by part',
    body: Closed({ condition: Condition, orderId: Id }),
    response: Explained,
    keepAnswer: false,
  },
  previewRules: {
    method: 'POST',
    path: '/rules/preview',
    allow: 'rules:run',
    summary: 'What running the rules now would do, without doing it',
    response: Type.Object({
      /** Open orders looked at; more than the cap are not. */
      of: Type.Integer(),
      capped: Type.Boolean(),
      rules: Type.Array(Type.Object({ id: Id, name: Type.String(), orders: Type.Integer(), lines: Type.Integer() })),
    }),
    keepAnswer: false,
  },
  runRules: {
    method: 'POST',
    path: '/rules/run',
    allow: 'rules:run',
    summary: 'Run the rules on all open orders, as a job',
    response: Type.Object({ jobId: Id }),
    status: 202,
  },
  listTraces: {
    method: 'GET',
    path: '/orders/:id/rules',
    allow: 'rules:read',
    summary: 'Which rule did what with this order, and why',
    params: byId,
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          id: Id,
          ruleName: Type.String(),
          ruleVersion: Type.Integer(),
          run: OneOf(['arrival', 'now']),
          at: Instant,
          condition: Condition,
          did: Type.Array(Deed),
        }),
      ),
    }),
  },
  listProposal: {
    method: 'GET',
    path: '/suppliers/proposal',
    allow: 'rules:edit',
    summary: 'Suppliers and rules that the product tags supplier:NAME propose',
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          tag: Type.String(),
          name: Type.String(),
          products: Type.Integer(),
          supplierId: Nullable(Id),
          ruleExists: Type.Boolean(),
        }),
      ),
    }),
  },
  acceptProposal: {
    method: 'POST',
    path: '/suppliers/proposal',
    allow: 'rules:edit',
    summary: 'Create the suppliers chosen, each with its rule; what is there already stays as it is',
    body: Closed({
      chosen: Type.Array(Closed({ tag: Text(1, 200), name: Text(1, 200) }), { minItems: 1, maxItems: 1000 }),
    }),
    response: Type.Object({ suppliers: Type.Integer(), rules: Type.Integer() }),
    refuses: ['already_exists'],
  },
})
