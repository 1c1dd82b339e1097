import type { ResponseOf } from '../../api.ts'

type Role = ResponseOf<'GET /roles'>['items'][number]

/** The roles a person can be given here: those of keys are made on the command line, clients have no pages yet. */
export const givableRoles = (roles: Role[]): Role[] =>
  roles.filter(({ slug, audience }) => slug !== 'api' && audience !== 'client')
