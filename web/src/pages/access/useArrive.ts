import { useNavigate } from '@tanstack/react-router'
import type { ResponseOf } from '../../api.ts'
import { paths } from '../../paths.ts'
import { localPath } from './local-path.ts'
import { useEnter } from './useEnter.ts'

type SignedIn = Pick<ResponseOf<'POST /session'>, 'audience' | 'pending'>

/** Where somebody goes who has just shown who he is: in, or on to the second step. */
export function useArrive() {
  const navigate = useNavigate()
  const enter = useEnter()
  return async ({ pending }: SignedIn, next?: string) => {
    if (pending) return await navigate(paths.secondFactor(next))
    enter()
    await navigate({ to: localPath(next) })
  }
}
