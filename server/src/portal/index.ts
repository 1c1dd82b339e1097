/** The customer portal: clients, their people, its address and its look. */
export { clientsContract } from './clients/contract.ts'
export { clientsHandlers } from './clients/routes.ts'
export { openDoors, withoutSlug } from './doors.ts'
export { faceOf } from './face.ts'
export { pageOf } from './page.ts'
