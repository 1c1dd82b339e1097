import { useLingui } from '@lingui/react/macro'

/** What the host looked at, in the words that the portal's pages have for it; undefined for what stands around every page. */
export function useLookWords(): (page: string, record: string | null) => string | undefined {
  const { t } = useLingui()
  return (page, record) => {
    switch (page) {
      case '':
        return t`began to look`
      case 'getPortalDashboard':
        return t`First page`
      case 'listPortalOrders':
      case 'countOrders':
        return t`Orders`
      case 'getPortalOrder':
      case 'listHistory':
      case 'listRequests':
        return record ? t`Order ${record}` : undefined
      case 'listProducts':
        return t`Products`
      case 'getProduct':
        return record ? t`Product ${record}` : t`Products`
      case 'listStock':
        return t`Stock`
      case 'getProductStock':
      case 'listMovements':
        return record ? t`Stock of ${record}` : t`Stock`
      case 'listTransfers':
        return t`Stock transfers`
      case 'getTransfer':
        return record ? t`Transfer ${record}` : t`Stock transfers`
      case 'getStatement':
        return t`Statements`
      case 'listMyUserRequests':
        return t`Colleagues`
      case 'listAssists':
        return t`Let the host look`
      case 'listImports':
      case 'getImport':
        return t`Imports`
      default:
        return frame.has(page) ? undefined : t`another page`
    }
  }
}

/** Asked for by every page, whatever is on it. */
const frame = new Set([
  'getMyAccess',
  'getSecurity',
  'listExportChoices',
  'listJobs',
  'listMyAccessRequests',
  'listPlaces',
  'listProductTags',
  'listSessions',
  'listTransferChoices',
  'listWarehouses',
])
