import type { ResponseOf } from '../../api.ts'

type Role = ResponseOf<'GET /roles'>['items'][number]

/** The roles somebody can be invited to here: that of keys is no person's, and who works for a client is invited at the client. */
export const givableRoles = (roles: Role[]): Role[] =>
  roles.filter(({ slug, audience }) => slug !== 'api' && audience !== 'client')
