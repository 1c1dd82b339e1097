import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'

const rulesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/rules',
  beforeLoad: needs('rules:read'),
  component: lazyRouteComponent(() => import('./RulesPage.tsx')),
})

export const ruleRoutes = [rulesRoute] as const
