import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { askPasskey, knowsPasskeys, turnedAway } from '../../passkeys.ts'
import { ProblemNote } from '../../ui/states.tsx'

type Props = { onDone: (answer: ResponseOf<'POST /session/passkey'>) => Promise<unknown> }

/** Signs in by a passkey of this browser; where it knows none, it is not there. */
export function PasskeyButton({ onDone }: Props) {
  const { t } = useLingui()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  if (!knowsPasskeys()) return null
  const enter = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const body = await askPasskey(await api('POST /session/passkey/ask'))
      await onDone(await api('POST /session/passkey', { body }))
    } catch (error) {
      if (!turnedAway(error)) setProblem(error)
      setBusy(false)
    }
  }
  return (
    <>
      {problem !== null && <ProblemNote problem={problem} />}
      <Button variant="default" size="lg" fullWidth loading={busy} onClick={() => void enter()}>
        {t`Use a passkey`}
      </Button>
    </>
  )
}
