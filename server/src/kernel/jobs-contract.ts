import { byId, Closed, contract, Id, Instant, Nullable, OneOf, Page, pageQuery, Type } from './endpoint.ts'

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled', 'set_aside'] as const
const Job = Type.Object({
  id: Id,
  kind: Type.String(),
  subjectId: Nullable(Id),
  /** Whose it is; null where the caller may not see who. */
  owner: Nullable(Type.String()),
  mine: Type.Boolean(),
  state: OneOf(jobStates),
  done: Type.Integer(),
  total: Nullable(Type.Integer()),
  /** How often it was begun. */
  attempts: Type.Integer(),
  /** Why it failed, was set aside, or is tried again; of another's job the code alone. */
  error: Nullable(Type.Object({ code: Type.String(), detail: Type.Optional(Type.String()) })),
  createdAt: Instant,
  startedAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
})

export const jobsContract = contract({
  listJobs: {
    method: 'GET',
    path: '/jobs',
    allow: 'jobs:read',
    summary: 'My jobs, newest first; with jobs:manage those of everybody',
    query: Closed({
      ...pageQuery,
      state: Type.Optional(OneOf(jobStates)),
      /** Also what is routine and goes well: the sending of mails. */
      routine: Type.Optional(Type.Boolean()),
    }),
    response: Page(Job),
  },
  getJob: {
    method: 'GET',
    path: '/jobs/:id',
    allow: 'jobs:read',
    summary: 'One job',
    params: byId,
    response: Job,
  },
  cancelJob: {
    method: 'POST',
    path: '/jobs/:id/cancel',
    allow: 'jobs:read',
    summary: 'Stop it: the batch it is at is undone, what was done before stays',
    params: byId,
    refuses: ['wrong_state'],
    response: Type.Object({}),
  },
  retryJob: {
    method: 'POST',
    path: '/jobs/:id/retry',
    allow: 'jobs:read',
    summary: 'Try again what was set aside after three tries',
    params: byId,
    refuses: ['wrong_state'],
    response: Type.Object({}),
  },
})
