export { automationContract } from './contract.ts'
export { acceptProposal, listProposal } from './proposal.ts'
export { automationHandlers } from './routes.ts'
