import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../api.ts'
import { paths } from '../paths.ts'
import { leavePlace } from '../place.ts'
import { toast } from '../ui/toast.ts'

/** The way out: the session ends on the server, and nothing that was loaded stays here. */
export function useSignOut() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { t } = useLingui()
  return async () => {
    try {
      await api('DELETE /session')
    } catch {
      toast.failed(t`You are still signed in: the server did not answer. Try again.`)
      return
    }
    leavePlace()
    client.clear()
    await navigate(paths.signIn())
  }
}
