/** The life of a change request or proposal, as data: from where which step leads, and who may take it. */
export const requestStates = ['open', 'approved', 'refused', 'withdrawn', 'outdated'] as const
export type RequestState = (typeof requestStates)[number]
export const requestKinds = ['edit', 'hold', 'cancel', 'return'] as const
export type RequestKind = (typeof requestKinds)[number]

export const requestSteps = {
  approve: { permission: 'orders:approve', from: ['open'], to: 'approved' },
  refuse: { permission: 'orders:approve', from: ['open'], to: 'refused' },
  /** By the one who asked. */
  withdraw: { permission: 'orders:propose', from: ['open'], to: 'withdrawn' },
} as const

/** Why a request cannot be answered any more; `outdated` comes by itself when the order has left or was cancelled. */
export const whyAnswered: Record<RequestState, string> = {
  open: 'It is open.',
  approved: 'It is approved already.',
  refused: 'It was refused.',
  withdrawn: 'It was withdrawn by the one who asked.',
  outdated: 'It is outdated: the order has left or was cancelled.',
}
