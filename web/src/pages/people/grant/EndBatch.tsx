import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../../api.ts'
import { confirm } from '../../../ui/confirm.tsx'
import { ProblemText } from '../../../ui/states.tsx'
import { toast } from '../../../ui/toast.ts'
import { usePeopleChanged } from '../usePeople.ts'
import classes from './grant.module.css'

/** Ends a whole batch at once: who is in it is signed out, who has not accepted yet cannot any more. */
export function EndBatch({ name }: { name: string }) {
  const { t } = useLingui()
  const changed = usePeopleChanged()
  const [busy, setBusy] = useState(false)
  const end = async () => {
    const sure = await confirm({
      title: t`Deactivate everybody of “${name}”?`,
      body: t`All of them are signed out at once, and open invitations of the batch stop working. What they did stays on record.`,
      action: t`Deactivate all`,
      danger: true,
    })
    if (!sure) return
    setBusy(true)
    try {
      const { members, invitations } = await api('POST /members/batches/:name/deactivate', { params: { name } })
      const revoked = plural(invitations, { one: '# invitation revoked', other: '# invitations revoked' })
      const gone = plural(members, { one: '# deactivated', other: '# deactivated' })
      toast.done(`${gone}, ${revoked}.`)
    } catch (error) {
      toast.failed(<ProblemText problem={error} />)
    }
    setBusy(false)
    await changed()
  }
  return (
    <Button className={classes.more} variant="default" size="xs" loading={busy} onClick={() => void end()}>
      {t`Deactivate the whole batch`}
    </Button>
  )
}
