import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import classes from './Audit.module.css'
import { sealQuery } from './useAudit.ts'

/** How far the record is sealed, and how an operator proves that nobody changed it. */
export function SealState() {
  const { t } = useLingui()
  const { number } = useFormat()
  const seal = useQuery(sealQuery)
  if (!seal.data) return null
  const { sealed, waiting, head } = seal.data
  return (
    <details className={classes.seal}>
      <summary>
        {head ? (
          <Trans>
            {number(sealed)} entries sealed, the last on <DateText value={head.at} withTime />
          </Trans>
        ) : (
          t`Nothing is sealed yet`
        )}
        {waiting > 0 && ` · ${t`${number(waiting)} waiting`}`}
      </summary>
      <p>
        <Trans>
          Each entry is chained to the one before it, and the end of the chain is signed with a key that is not in the
          database. Whoever runs the server proves that nothing was changed or taken out with this command:
        </Trans>
      </p>
      <pre>npm run crossdock -- audit verify</pre>
      {head && (
        <p className={classes.code}>
          <Trans>Head of the chain: {head.hash}</Trans>
        </p>
      )}
    </details>
  )
}
