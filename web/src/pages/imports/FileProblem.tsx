import { Trans } from '@lingui/react/macro'
import { ApiProblem } from '../../api.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ProblemNote } from '../../ui/states.tsx'
import classes from './Imports.module.css'
import { useReason } from './reason-words.ts'
import type { Import } from './useImport.ts'

/** Why an upload was refused: what is wrong with the file, in the reader's language. */
export function FileProblem({ problem }: { problem: unknown }) {
  if (!(problem instanceof ApiProblem) || typeof problem.more.reason !== 'string')
    return <ProblemNote problem={problem} />
  const { reason: code, params = {} } = problem.more
  return <FileReason reason={{ code: code as string, params: params as never, message: problem.detail }} />
}

/** Why a file cannot be read, or an import has failed. */
export function FileReason({ reason }: { reason: NonNullable<Import['error']> }) {
  const sentence = useReason()
  return (
    <div role="alert" className={classes.alert}>
      <Icon name="warning" />
      <div>
        <strong>
          <Trans>This does not work as it is</Trans>
        </strong>
        <div>{sentence(reason)}</div>
      </div>
    </div>
  )
}
