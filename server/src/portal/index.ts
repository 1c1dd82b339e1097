import { schedule } from '#kernel/jobs-schedule.ts'
import { checkDomains } from './address.ts'

schedule('portal.check-domains', { daily: '04:20' }, (deps) => checkDomains(deps))
schedule('portal.check-failing-domains', { every: '1 hour' }, (deps) => checkDomains(deps, true))

/** The customer portal: clients, their people, its address and its look. */
export { assistContract } from './assist/contract.ts'
export { assistHandlers } from './assist/routes.ts'
export { addStore } from './clients/commands/assign-store.ts'
export { createClient } from './clients/commands/write-client.ts'
export { clientsContract } from './clients/contract.ts'
export { clientsHandlers } from './clients/routes.ts'
export { portalContract } from './contract.ts'
export { dashboardContract } from './dashboard/contract.ts'
export { dashboardHandlers } from './dashboard/routes.ts'
export { openDoors, withoutSlug } from './doors.ts'
export { faceOf } from './face.ts'
export { portalOrdersContract } from './orders/contract.ts'
export { portalOrdersHandlers } from './orders/routes.ts'
export { pageOf } from './page.ts'
export { portalHandlers, servePictures } from './routes.ts'
export { portalShown } from './shown.ts'
export { statementsContract } from './statements/contract.ts'
export { statementsHandlers } from './statements/routes.ts'
