import type { auditContract } from './access/audit/contract.ts'
import type { accessContract } from './access/contract.ts'
import type { grantsContract } from './access/grants/contract.ts'
import type { identityContract } from './access/identity/contract.ts'
import type { keysContract } from './access/keys/contract.ts'
import type { providersContract } from './access/providers/contract.ts'
import type { accessRequestsContract } from './access/requests/contract.ts'
import type { rolesContract } from './access/roles/contract.ts'
import type { sightContract } from './access/sight/contract.ts'
import type { viewsContract } from './access/views/contract.ts'
import type { automationContract } from './automation/contract.ts'
import type { catalogContract } from './catalog/contract.ts'
import type { storesContract } from './channels/contract.ts'
import type { fulfillmentContract } from './fulfillment/contract.ts'
import type { queueContract } from './fulfillment/queue-contract.ts'
import type { intakeContract } from './intake/contract.ts'
import type { ApiOf } from './kernel/endpoint.ts'
import type { jobsContract } from './kernel/jobs-contract.ts'
import type { apiContract } from './kernel/openapi/contract.ts'
import type { noticesContract } from './notices/contract.ts'
import type { ordersContract } from './orders/contract.ts'
import type { requestsContract } from './orders/requests/contract.ts'
import type { assistContract } from './portal/assist/contract.ts'
import type { clientsContract } from './portal/clients/contract.ts'
import type { portalContract } from './portal/contract.ts'
import type { dashboardContract } from './portal/dashboard/contract.ts'
import type { portalOrdersContract } from './portal/orders/contract.ts'
import type { statementsContract } from './portal/statements/contract.ts'
import type { privacyContract } from './privacy/contract.ts'
import type { stockContract } from './stock/contract.ts'
import type { suppliersContract } from './suppliers/contract.ts'
import type { transfersContract } from './transfers/contract.ts'

/** Everything that may be asked over HTTP, typed by 'METHOD /path': what the page's client is made from. */
export type Api = ApiOf<typeof apiContract> &
  ApiOf<typeof accessContract> &
  ApiOf<typeof grantsContract> &
  ApiOf<typeof rolesContract> &
  ApiOf<typeof keysContract> &
  ApiOf<typeof auditContract> &
  ApiOf<typeof sightContract> &
  ApiOf<typeof viewsContract> &
  ApiOf<typeof accessRequestsContract> &
  ApiOf<typeof identityContract> &
  ApiOf<typeof providersContract> &
  ApiOf<typeof noticesContract> &
  ApiOf<typeof jobsContract> &
  ApiOf<typeof catalogContract> &
  ApiOf<typeof stockContract> &
  ApiOf<typeof storesContract> &
  ApiOf<typeof ordersContract> &
  ApiOf<typeof requestsContract> &
  ApiOf<typeof fulfillmentContract> &
  ApiOf<typeof queueContract> &
  ApiOf<typeof suppliersContract> &
  ApiOf<typeof automationContract> &
  ApiOf<typeof intakeContract> &
  ApiOf<typeof portalOrdersContract> &
  ApiOf<typeof privacyContract> &
  ApiOf<typeof transfersContract> &
  ApiOf<typeof clientsContract> &
  ApiOf<typeof portalContract> &
  ApiOf<typeof statementsContract> &
  ApiOf<typeof dashboardContract> &
  ApiOf<typeof assistContract>
