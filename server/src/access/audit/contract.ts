import { Closed, contract, Day, Id, Instant, Nullable, OneOf, Page, pageQuery, Text, Type } from '#kernel/endpoint.ts'

/** How a deed came about; `command` is the operator's command line. */
export const entryWays = ['hand', 'rule', 'import', 'key', 'command'] as const

/** The kinds of records whose history can be asked for. */
export const historyKinds = ['order', 'fulfillment_order', 'product', 'rule', 'supplier', 'member', 'role'] as const

const Entry = Type.Object({
  id: Id,
  at: Instant,
  actor: Type.String(),
  memberId: Nullable(Id),
  /** The slug of the role he had then. */
  role: Type.String(),
  via: OneOf(entryWays),
  /** `thing.verbed`; of a refusal, the name of the endpoint. */
  action: Type.String(),
  /** `done`, or the code of the problem. */
  outcome: Type.String(),
  /** What it was done to; its name only where the caller may see the record now. */
  subject: Nullable(Type.Object({ kind: Type.String(), id: Nullable(Id), name: Nullable(Type.String()) })),
  /** The names of what changed. */
  fields: Type.Array(Type.String()),
  /** Old and new; absent where they were erased, or hold what the caller may not read. */
  changes: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  requestId: Nullable(Type.String()),
})

const entryFilter = {
  memberId: Type.Optional(Id),
  action: Type.Optional(Text(1, 80)),
  recordId: Type.Optional(Id),
  via: Type.Optional(OneOf(entryWays)),
  outcome: Type.Optional(OneOf(['done', 'refused'])),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  /** Only what was read or taken out: exports, looks at personal data, reveals. */
  reads: Type.Optional(Type.Boolean()),
}

export const auditContract = contract({
  listAuditEntries: {
    method: 'GET',
    path: '/audit',
    allow: 'audit:read',
    summary: 'The audit log, newest first: who, as what, what, old and new',
    query: Closed({ ...pageQuery, ...entryFilter }),
    response: Page(Entry),
  },
  getAuditSeal: {
    method: 'GET',
    path: '/audit/seal',
    allow: 'audit:read',
    summary: 'How far the audit log is sealed, and since when',
    response: Type.Object({
      sealed: Type.Integer(),
      waiting: Type.Integer(),
      head: Nullable(Type.Object({ hash: Type.String(), at: Instant, key: Type.String() })),
      actions: Type.Array(Type.String()),
    }),
  },
  exportAuditEntries: {
    method: 'POST',
    path: '/audit/export',
    allow: 'audit:read',
    summary: 'The audit log as CSV, by the filter of the list; the export is itself an entry',
    fresh: true,
    body: Closed(entryFilter),
    response: { file: 'text/csv; charset=utf-8' },
  },
  listHistory: {
    method: 'GET',
    path: '/history',
    allow: 'audit:own-records',
    summary: 'What was done to one record, newest first; a client or a supplier sees what his own side did',
    query: Closed({ kind: OneOf(historyKinds), id: Id }),
    refuses: ['not_found'],
    response: Type.Object({ items: Type.Array(Entry) }),
  },
})
