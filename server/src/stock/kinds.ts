/** Why stock moved: what the ledger calls each of its entries. */
export const movementKinds = [
  'adjusted',
  'counted',
  'allocated',
  'released',
  'backordered',
  'shipped',
  'announced',
  'sent',
  'received',
  'damaged',
  'verified',
  'written_off',
  'withdrawn',
] as const
