import { byId, contract, Id, Instant, Nullable, OneOf, Type } from './endpoint.ts'

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
const Job = Type.Object({
  id: Id,
  kind: Type.String(),
  subjectId: Nullable(Id),
  state: OneOf(jobStates),
  done: Type.Integer(),
  total: Nullable(Type.Integer()),
  error: Nullable(Type.Record(Type.String(), Type.Unknown())),
  createdAt: Instant,
  startedAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
})

export const jobsContract = contract({
  listJobs: {
    method: 'GET',
    path: '/jobs',
    allow: 'jobs:read',
    summary: 'My jobs, newest first',
    response: Type.Object({ items: Type.Array(Job) }),
  },
  getJob: {
    method: 'GET',
    path: '/jobs/:id',
    allow: 'jobs:read',
    summary: 'One job of mine',
    params: byId,
    response: Job,
  },
  cancelJob: {
    method: 'POST',
    path: '/jobs/:id/cancel',
    allow: 'jobs:read',
    summary: 'Stop it between two batches',
    params: byId,
    response: Type.Object({}),
  },
})
