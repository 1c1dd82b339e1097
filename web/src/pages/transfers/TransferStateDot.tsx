import { StatusDot } from '../../components/StatusDot.tsx'
import { transferStates } from './transfer-words.ts'
import type { TransferState } from './useTransfers.ts'

export function TransferStateDot({ state }: { state: TransferState }) {
  return <StatusDot look={transferStates[state]} code={state} />
}
