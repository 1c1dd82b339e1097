import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ProblemNote, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { useTitle } from '../../ui/useTitle.ts'
import classes from './access.module.css'
import { useEnter } from './useEnter.ts'

/** Where a provider sends people back to: what came with them is handed on once and taken out of the address. */
export default function ProviderBackPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const enter = useEnter()
  const [problem, setProblem] = useState<unknown>(null)
  const begun = useRef(false)
  useTitle(t`Sign in`)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    const query = window.location.search.slice(1)
    window.history.replaceState(window.history.state, '', window.location.pathname)
    api('POST /session/provider/finish', { body: { query } }).then(async ({ linked }) => {
      enter()
      if (linked) toast.done(t`The provider is connected: you can sign in by it from now on.`)
      await navigate(linked ? paths.myAccount() : paths.home())
    }, setProblem)
  }, [])
  return (
    <>
      <h1 className={classes.title}>
        <Trans>Sign in</Trans>
      </h1>
      {problem === null ? <Skeleton lines={3} /> : <ProblemNote problem={problem} />}
      {problem !== null && (
        <p className={classes.foot}>
          <Link {...paths.signIn()}>{t`Sign in another way`}</Link>
        </p>
      )}
    </>
  )
}
