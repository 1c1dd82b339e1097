import type { Handlers } from '#kernel/routes.ts'
import type { dashboardContract } from './contract.ts'
import { readDashboard } from './dashboard.ts'

export const dashboardHandlers: Handlers<typeof dashboardContract> = {
  getPortalDashboard: ({ tx }) => readDashboard(tx),
}
