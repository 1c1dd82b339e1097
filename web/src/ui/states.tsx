import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ApiProblem } from '../api.ts'
import { meQuery } from '../me.ts'
import { paths } from '../paths.ts'
import { portal } from '../portal.ts'
import type { ProblemCode } from '../words.ts'
import { CopyButton } from './CopyButton.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { problemWords } from './problem-words.ts'
import classes from './states.module.css'

type StateProps = {
  icon?: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
  role?: 'alert' | 'status'
  /** It is all there is on the page, so its title is the page's. */
  whole?: boolean
}

/** Says what will be here and offers the first step: "No orders yet", with the button that brings some. */
export function Empty({ icon = 'orders', title, children, action, role, whole = false }: StateProps) {
  const Title = whole ? 'h1' : 'h2'
  return (
    <div className={classes.state} role={role}>
      <span className={classes.icon}>
        <Icon name={icon} size={20} />
      </span>
      <Title>{title}</Title>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}

/** Not there, or not for this person: the same words for both, so that nothing is given away. */
export function Refused({ action }: { action?: ReactNode }) {
  const { t } = useLingui()
  return (
    <Empty
      whole
      icon="lock"
      title={t`There is nothing here for you to see`}
      action={
        <>
          {action}
          <AskForIt />
        </>
      }
    >
      {portal ? (
        <Trans>
          The page does not exist, or it is outside of what you have access to. If you need it, ask whoever administers
          the portal in your company, or your host.
        </Trans>
      ) : (
        <Trans>
          The page does not exist, or it is outside of what you have access to. Ask an administrator of your account if
          you need it.
        </Trans>
      )}
    </Empty>
  )
}

/** For who is signed in as himself: the way to ask for what was refused. */
function AskForIt({ permission }: { permission?: string }) {
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  if (!me || me.viewing) return null
  const ask = permission ? { permission } : { page: location.pathname.slice(0, 200) }
  return (
    <Link {...paths.myAccess(ask)}>
      <Trans>Ask for access</Trans>
    </Link>
  )
}

/** What failed, what to do, and the id under which the server logged it. */
export function ProblemState({ problem, onRetry }: { problem: unknown; onRetry?: () => void }) {
  const { t } = useLingui()
  const words = useProblemWords(problem)
  const known = problem instanceof ApiProblem ? problem : null
  if (known?.code === 'outside_hours') {
    return (
      <Empty
        whole
        icon="lock"
        title={words.title}
        action={onRetry && <Button variant="default" onClick={onRetry}>{t`Try again`}</Button>}
      >
        {words.detail}
      </Empty>
    )
  }
  if (known?.status === 404 || known?.status === 403) return <Refused />
  return (
    <Empty
      icon="warning"
      role="alert"
      title={words.title}
      action={onRetry && <Button variant="default" onClick={onRetry}>{t`Try again`}</Button>}
    >
      {words.detail}
      {known?.requestId && (
        <div className={classes.id}>
          <code>{known.requestId}</code>
          <CopyButton value={known.requestId} name={t`the error's id`} />
        </div>
      )}
    </Empty>
  )
}

/**
 * The words for a failure: by its code in the reader's language. What the server says about this one case is more
 * exact, but English; English readers get that.
 */
export function useProblemWords(problem: unknown): { title: string; detail: string } {
  const { t, i18n } = useLingui()
  if (problem instanceof ApiProblem && problem.status === 0) {
    return {
      title: t`The server does not answer`,
      detail: t`Check your connection. What you entered is still here; try again in a moment.`,
    }
  }
  const code = problem instanceof ApiProblem && problem.code in problemWords ? problem.code : 'internal'
  const { title, advice } = problemWords[code as ProblemCode]
  const exact = i18n.locale === 'en' && problem instanceof ApiProblem && problem.status < 500 ? problem.detail : ''
  return { title: i18n._(title), detail: exact || i18n._(advice) }
}

/** What failed and what to do, in two lines. */
export function ProblemWords({ problem }: { problem: unknown }) {
  const { title, detail } = useProblemWords(problem)
  return (
    <div>
      <strong>{title}</strong>
      {detail && detail !== title && <div>{detail}</div>}
    </div>
  )
}

/** A failure inside a page or form, above what it concerns. */
export function ProblemNote({ problem }: { problem: unknown }) {
  const lacks = problem instanceof ApiProblem && problem.code === 'not_permitted' ? problem.more.permission : null
  return (
    <div role="alert" className={classes.note}>
      <Icon name="warning" />
      <div>
        <ProblemWords problem={problem} />
        {typeof lacks === 'string' && <AskForIt permission={lacks} />}
      </div>
    </div>
  )
}

/** A failure in one sentence or two, for a toast. */
export function ProblemText({ problem }: { problem: unknown }) {
  const { title, detail } = useProblemWords(problem)
  return <>{detail && detail !== title ? `${title}. ${detail}` : title}</>
}

/** Grey lines of the real height while something loads for the first time, so that nothing moves when it is there. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div className={classes.skeleton} aria-busy="true">
      <span className="visually-hidden">
        <Trans>Loading</Trans>
      </span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are all the same
        <span key={line} className={classes.bone} style={{ width: `${88 - ((line * 23) % 45)}%` }} />
      ))}
    </div>
  )
}
