import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { oneOf } from '../../search.ts'
import type { JobState } from './useJobs.ts'

const states: JobState[] = ['queued', 'running', 'done', 'failed', 'cancelled', 'set_aside']

const jobsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/jobs',
  beforeLoad: needs('jobs:read'),
  validateSearch: (search: Record<string, unknown>): { state?: JobState; mails?: 'yes'; open?: string } => ({
    state: states.find((state) => state === search.state),
    mails: search.mails === 'yes' ? 'yes' : undefined,
    open: oneOf(search.open),
  }),
  component: lazyRouteComponent(() => import('./JobsPage.tsx')),
})

export const jobRoutes = [jobsRoute] as const
