import type { Tx } from '#kernel/db/transaction.ts'
import { type Field, fields, type Kind, type Mapping } from './reading/index.ts'

/** What the caller may fill: a client what is his to say of his goods, the house everything. */
export const ownFields = ({ who }: Tx, kind: Kind): readonly Field[] =>
  fields(kind).filter(({ hosts }) => who.audience === 'staff' || !hosts)

/** A mapping of products without what is not the caller's to fill. */
export function ownMapping(tx: Tx, mapping: Mapping): Mapping {
  if (tx.who.audience === 'staff') return mapping
  const own = new Set(ownFields(tx, 'products').map(({ key }) => key))
  return Object.fromEntries(Object.entries(mapping).filter(([key]) => own.has(key)))
}
