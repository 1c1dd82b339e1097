import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useRoleName } from '../../components/roles.ts'
import { useMe } from '../../me.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ProblemText } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { useScopeLines } from './grant/useScopeWords.ts'
import { myAccessQuery } from './useSight.ts'
import classes from './ViewBanner.module.css'
import { endView } from './view.ts'

/** Between two presses of Escape. */
const twice = 700

/** Above everything while one looks as somebody else: as whom, with which access, and the way back. */
export function ViewBanner() {
  const { t } = useLingui()
  const { viewing, role, party } = useMe()
  const roleName = useRoleName()
  const access = useQuery(myAccessQuery)
  const lines = useScopeLines()
  useEscapeTwice(leave)
  if (!viewing) return null
  const all = party ? t`What is assigned to the company` : t`access to everything the role is for`
  const scope = access.data ? lines(access.data.scope).join(' · ') || all : ''
  const names = viewing.as === 'role' ? [roleName(role), party?.name] : [viewing.name, roleName(role), party?.name]
  return (
    <div role="status" className={classes.banner}>
      <Icon name="person" />
      <span className={classes.who}>
        <strong>
          <Trans>You are looking as {names.filter(Boolean).join(' · ')}</Trans>
        </strong>{' '}
        <span className={classes.scope}>{scope}</span>
      </span>
      <span className={classes.off}>
        <Trans>Nothing can be changed.</Trans>
      </span>
      <Button size="xs" variant="white" className={classes.exit} onClick={() => void leave()}>
        <Trans>Exit</Trans> <kbd>Esc Esc</kbd>
      </Button>
    </div>
  )
}

const leave = () => endView().catch((problem) => toast.failed(<ProblemText problem={problem} />))

function useEscapeTwice(run: () => void) {
  useEffect(() => {
    let last = 0
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      if (event.timeStamp - last < twice) run()
      last = event.timeStamp
    }
    addEventListener('keydown', press, true)
    return () => removeEventListener('keydown', press, true)
  }, [run])
}
