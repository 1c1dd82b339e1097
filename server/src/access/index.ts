import { schedule } from '#kernel/jobs-schedule.ts'
import './invitation-mail.ts'

schedule('access.sweep', { every: '1 hour' }, async (deps) => {
  await deps.pools.worker.query('select access.sweep()')
})

export { endChain, readAnchors, rememberKey } from './audit/anchors.ts'
export { type Erasure, signErasure, valuesErased } from './audit/chain.ts'
export { auditContract } from './audit/contract.ts'
export { signingKey } from './audit/key.ts'
export { auditHandlers } from './audit/routes.ts'
export { Sealer, startSealer } from './audit/seal.ts'
export { type Verdict, verifyAudit } from './audit/verify.ts'
export { addAccount } from './commands/create-account.ts'
export { accessContract } from './contract.ts'
export { grantsContract } from './grants/contract.ts'
export { grantsHandlers } from './grants/routes.ts'
export { asIdentity } from './identity.ts'
export { keysContract } from './keys/contract.ts'
export { createKey } from './keys/keys.ts'
export { keysHandlers } from './keys/routes.ts'
export { hashPassword } from './passwords.ts'
export { rolesContract } from './roles/contract.ts'
export { rolesHandlers } from './roles/routes.ts'
export { roles } from './roles.ts'
export { accessHandlers } from './routes.ts'
