import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'

const privacyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/privacy',
  beforeLoad: needs('privacy:manage'),
  component: lazyRouteComponent(() => import('./PrivacyPage.tsx')),
})

export const privacyRoutes = [privacyRoute] as const
