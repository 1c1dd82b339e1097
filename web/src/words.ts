// Words the server owns, as types alone: none of its code may enter the browser's bundle.

export type { ReasonCode } from '../../server/src/intake/reading/reasons.ts'
export type { Permission } from '../../server/src/kernel/permissions.ts'
export type { ProblemCode } from '../../server/src/kernel/problems.ts'
export type { EditPath } from '../../server/src/orders/edit-fields.ts'
export type { Reason as OrderReason } from '../../server/src/orders/lifecycle.ts'
export type { OrderStatus } from '../../server/src/orders/status.ts'
