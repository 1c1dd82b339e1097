import './invitation-mail.ts'

export { addAccount } from './commands/create-account.ts'
export { accessContract } from './contract.ts'
export { asIdentity } from './identity.ts'
export { hashPassword } from './passwords.ts'
export { roles } from './roles.ts'
export { accessHandlers } from './routes.ts'
