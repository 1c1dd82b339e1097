import { useState } from 'react'
import { ProblemText } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { useClientsChanged } from './useClients.ts'

/** Runs a step, says how it went, and asks for the client again either way: a refusal means that the page was old. */
export function useRun() {
  const changed = useClientsChanged()
  const [busy, setBusy] = useState(false)
  const run = async (step: () => Promise<unknown>, done: string): Promise<boolean> => {
    setBusy(true)
    try {
      await step()
      toast.done(done)
      return true
    } catch (problem) {
      toast.failed(<ProblemText problem={problem} />)
      return false
    } finally {
      setBusy(false)
      await changed()
    }
  }
  return { busy, run }
}
