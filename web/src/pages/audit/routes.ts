import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { readAuditSearch } from './useAudit.ts'

const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/audit',
  beforeLoad: needs('audit:read'),
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('./AuditPage.tsx')),
})

export const auditRoutes = [auditRoute] as const
