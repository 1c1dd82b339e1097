import { useLingui } from '@lingui/react'
import { ApiProblem } from '../../api.ts'
import { problemWords } from '../../ui/problem-words.ts'
import { toast } from '../../ui/toast.ts'
import type { ProblemCode } from '../../words.ts'

/** Says that a step failed and what to do, in the reader's language. */
export function useProblemToast(): (error: unknown) => void {
  const { i18n } = useLingui()
  return (error) => {
    const code = error instanceof ApiProblem && error.code in problemWords ? error.code : 'internal'
    const { title, advice } = problemWords[code as ProblemCode]
    const exact =
      i18n.locale === 'en' && error instanceof ApiProblem && error.status < 500 ? error.detail : i18n._(advice)
    toast.failed(`${i18n._(title)}. ${exact}`)
  }
}
