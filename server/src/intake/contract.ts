import {
  Amount,
  byId,
  Closed,
  contract,
  Id,
  Instant,
  Locale,
  Nullable,
  OneOf,
  Page,
  pageQuery,
  Text,
  Type,
} from '#kernel/endpoint.ts'
import { dateOrders, delimiters, encodings } from './reading/choices.ts'

export const kinds = ['orders', 'products'] as const
/** Whoever may bring in either kind comes in; what he may bring is asked of each import. */
export const importing = 'orders:import|products:import'
export const importStates = ['uploaded', 'checking', 'checked', 'running', 'done', 'cancelled', 'failed'] as const
/** For products: only add those that are new, only change those that are known, or both. */
export const modes = ['create', 'update', 'both'] as const

const Kind = OneOf(kinds)
const formatParts = {
  encoding: OneOf(encodings),
  delimiter: OneOf(delimiters),
  /** The line of the headings, from 0. */
  headerRow: Type.Integer({ minimum: 0, maximum: 100 }),
  quote: OneOf(['"', '']),
  decimalComma: Type.Boolean(),
  dateOrder: OneOf(dateOrders),
}

/** Why something was not taken: a code with what fills its sentence, and that sentence in English. */
const Reason = Type.Object({
  code: Type.String(),
  params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  message: Type.String(),
})

const importRow = {
  id: Id,
  version: Type.Integer(),
  kind: Kind,
  fileName: Type.String(),
  bytes: Type.Integer(),
  state: OneOf(importStates),
  storeId: Nullable(Id),
  currency: Type.String(),
  mode: OneOf(modes),
  createdAt: Instant,
  finishedAt: Nullable(Instant),
  /** Rows of the file, once they were counted, and how many of them this step has done. */
  rows: Nullable(Type.Integer()),
  rowsDone: Type.Integer(),
  /** Since when the present step runs. */
  startedAt: Nullable(Instant),
  /** Orders or products that came in, changed, or were there already; and rows that were not taken. */
  created: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  rejected: Type.Integer(),
  error: Nullable(Reason),
}

const Column = Type.Object({
  index: Type.Integer(),
  heading: Type.String(),
  samples: Type.Array(Type.String()),
  /** What it fills; for a column kept for later, what it will fill. */
  field: Nullable(Type.String()),
  /** How sure the proposal is, from 0 to 1; null where a person chose. */
  confidence: Nullable(Type.Number()),
  ignored: Nullable(OneOf(['later', 'taken', 'doubtful', 'empty', 'unknown', 'chosen'])),
})

/** What a check found, before anything is written. Counts are of orders or products, `rejectedRows` of rows. */
const Survey = Type.Object({
  rows: Type.Integer(),
  created: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  rejected: Type.Integer(),
  rejectedRows: Type.Integer(),
  lines: Type.Integer(),
  quantity: Type.Integer(),
  /** What the orders come to, per currency: the lines before and after discount, shipping and tax. */
  amounts: Type.Array(Type.Object({ gross: Amount, net: Amount, shipping: Amount, tax: Amount })),
  /** Refusals by cause. */
  groups: Type.Array(Type.Object({ code: Type.String(), heading: Type.String(), count: Type.Integer() })),
  /** Refusals that are listed; of very many, only the first are. */
  listed: Type.Integer(),
  warnings: Type.Array(Reason),
})

const Import = Type.Object({
  ...importRow,
  format: Type.Object(formatParts),
  /** Which guesses rest on evidence in the file; the others are for a person to confirm. */
  certainty: Type.Object({ dateOrder: Type.Boolean(), decimalComma: Type.Boolean() }),
  columns: Type.Array(Column),
  /** Every field of the kind; `label` is English, the page has its own words by key. */
  fields: Type.Array(
    Type.Object({
      key: Type.String(),
      label: Type.String(),
      required: Type.Boolean(),
      later: Type.Boolean(),
      /** Fields of one group say the same thing in different ways; only one of them takes a column. */
      group: Nullable(Type.String()),
    }),
  ),
  /** What keeps the mapping from being used. */
  faults: Type.Array(Type.Intersect([Type.Object({ field: Type.String() }), Reason])),
  /** The first rows, as this format reads them. */
  preview: Type.Array(Type.Array(Type.String())),
  /** Whether every heading is that of our own template, so that there is nothing to match. */
  exact: Type.Boolean(),
  /** Kept mappings all of whose headings stand in this file. */
  mappings: Type.Array(Type.Object({ id: Id, name: Type.String() })),
  stores: Type.Array(Type.Object({ id: Id, name: Type.String(), currency: Type.String() })),
  survey: Nullable(Survey),
})

const Mapping = Type.Object({ id: Id, kind: Kind, name: Type.String(), fields: Type.Array(Type.String()) })

export const intakeContract = contract({
  createImport: {
    method: 'POST',
    path: '/imports',
    allow: importing,
    summary: 'Upload a file of orders or products, as a form with the fields kind and file',
    upload: true,
    body: Closed({ kind: Kind }),
    response: Import,
    status: 201,
    refuses: ['wrong_state'],
  },
  listImports: {
    method: 'GET',
    path: '/imports',
    allow: importing,
    summary: 'My imports, newest first',
    response: Type.Object({ items: Type.Array(Type.Object(importRow)) }),
  },
  getTemplate: {
    method: 'GET',
    path: '/imports/template',
    allow: importing,
    summary: 'A file to fill in, with the headings that need no matching',
    query: Closed({ kind: Kind, language: Type.Optional(Locale) }),
    response: { file: 'text/csv; charset=utf-8' },
  },
  getImport: {
    method: 'GET',
    path: '/imports/:id',
    allow: importing,
    summary: 'One import: how its file is read, what its columns fill, how far it is',
    params: byId,
    response: Import,
  },
  changeImport: {
    method: 'PATCH',
    path: '/imports/:id',
    allow: importing,
    summary: 'Change how the file is read and what its columns fill',
    params: byId,
    ifMatch: true,
    body: Closed({
      format: Type.Optional(Type.Partial(Closed(formatParts))),
      columns: Type.Optional(
        Type.Array(Closed({ index: Type.Integer({ minimum: 0 }), field: Nullable(Type.String({ maxLength: 50 })) }), {
          maxItems: 1000,
        }),
      ),
      storeId: Type.Optional(Id),
      currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
      mode: Type.Optional(OneOf(modes)),
      mappingId: Type.Optional(Id),
    }),
    response: Import,
    refuses: ['wrong_state'],
  },
  checkImport: {
    method: 'POST',
    path: '/imports/:id/check',
    allow: importing,
    summary: 'Check every row and count what would happen; writes nothing',
    params: byId,
    response: Type.Object({}),
    status: 202,
    refuses: ['wrong_state', 'file_refused'],
  },
  runImport: {
    method: 'POST',
    path: '/imports/:id/run',
    allow: importing,
    summary: 'Bring in what the check found good',
    params: byId,
    response: Type.Object({}),
    status: 202,
    refuses: ['wrong_state', 'file_refused'],
  },
  cancelImport: {
    method: 'POST',
    path: '/imports/:id/cancel',
    allow: importing,
    summary: 'Stop it between two batches; what is in stays in',
    params: byId,
    response: Type.Object({}),
    refuses: ['wrong_state'],
  },
  resumeImport: {
    method: 'POST',
    path: '/imports/:id/resume',
    allow: importing,
    summary: 'Go on where it was stopped',
    params: byId,
    response: Type.Object({}),
    status: 202,
    refuses: ['wrong_state'],
  },
  listRejections: {
    method: 'GET',
    path: '/imports/:id/rejections',
    allow: importing,
    summary: 'What the check refused, with line, column, value and reason',
    params: byId,
    query: Closed({ ...pageQuery, code: Type.Optional(Type.String({ maxLength: 50 })) }),
    response: Page(
      Type.Intersect([Type.Object({ line: Type.Integer(), heading: Type.String(), value: Type.String() }), Reason]),
    ),
  },
  getRejectedRows: {
    method: 'GET',
    path: '/imports/:id/rejections.csv',
    allow: importing,
    summary: 'The rows refused, with their own columns and the reason',
    params: byId,
    response: { file: 'text/csv; charset=utf-8' },
    refuses: ['file_refused'],
  },
  listMappings: {
    method: 'GET',
    path: '/import-mappings',
    allow: 'orders:import',
    summary: 'Kept mappings, by name',
    query: Closed({ kind: Type.Optional(Kind) }),
    response: Type.Object({ items: Type.Array(Mapping) }),
  },
  keepMapping: {
    method: 'POST',
    path: '/import-mappings',
    allow: 'orders:import',
    summary: 'Keep the mapping of an import under a name; the same name again replaces it',
    body: Closed({ importId: Id, name: Text(1, 80) }),
    response: Mapping,
    status: 201,
    refuses: ['file_refused'],
  },
  removeMapping: {
    method: 'DELETE',
    path: '/import-mappings/:id',
    allow: 'orders:import',
    summary: 'Forget a kept mapping',
    params: byId,
    response: Type.Object({}),
  },
})
