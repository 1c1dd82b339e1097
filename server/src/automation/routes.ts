import { notFound } from '#kernel/problem.ts'
import type { Handlers } from '#kernel/routes.ts'
import { changeRule, createRule, deleteRule, moveRule } from './commands/rules.ts'
import { startRun } from './commands/start-run.ts'
import { explain } from './condition/explain.ts'
import type { automationContract } from './contract.ts'
import { acceptProposal, listProposal } from './proposal.ts'
import { factsOf } from './queries/facts.ts'
import { previewRules, testCondition } from './queries/preview.ts'
import { listRules } from './queries/rules.ts'
import { listTraces } from './queries/traces.ts'

export const automationHandlers: Handlers<typeof automationContract> = {
  listRules: ({ tx }) => listRules(tx),
  createRule: ({ tx, body }) => createRule(tx, body),
  changeRule: ({ tx, params, version, body }) => changeRule(tx, params.id, version, body),
  moveRule: ({ tx, params, body }) => moveRule(tx, params.id, body.position),
  deleteRule: ({ tx, params }) => deleteRule(tx, params.id),
  testRule: ({ tx, body }) => testCondition(tx, body.condition),
  async explainRule({ tx, body }) {
    const facts = (await factsOf(tx, [body.orderId])).get(body.orderId)
    if (!facts) throw notFound()
    return explain(body.condition, facts)
  },
  previewRules: ({ tx }) => previewRules(tx),
  runRules: ({ tx }) => startRun(tx),
  listTraces: ({ tx, params }) => listTraces(tx, params.id),
  listProposal: ({ tx }) => listProposal(tx),
  acceptProposal: ({ tx, body }) => acceptProposal(tx, body.chosen),
}
