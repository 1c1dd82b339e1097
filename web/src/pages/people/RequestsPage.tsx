import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { DateText } from '../../components/DateText.tsx'
import { useRoleName } from '../../components/roles.ts'
import { StatusDot } from '../../components/StatusDot.tsx'
import { paths } from '../../paths.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { requestStates, useRequestWords } from './request-words.ts'
import classes from './rights.module.css'
import { requestsQuery } from './useRequests.ts'

/** Who asks for access; each leads to the person, where it is answered. */
export default function RequestsPage() {
  const { t } = useLingui()
  return (
    <>
      <SettingsTabs />
      <PageHeader
        title={t`Access requests`}
        explanation={t`Who asks for more than the role allows. Open the person, change what you decide, and answer.`}
      />
      <div className={classes.page}>
        <List />
      </div>
    </>
  )
}

function List() {
  const { t } = useLingui()
  const roleName = useRoleName()
  const words = useRequestWords()
  const requests = useQuery(requestsQuery)
  if (requests.isPending) return <Skeleton lines={5} />
  if (requests.isError) return <ProblemState problem={requests.error} onRetry={() => void requests.refetch()} />
  if (requests.data.items.length === 0)
    return (
      <Empty
        icon="check"
        title={t`Nobody asks for access`}
      >{t`A request stands here as soon as somebody sends one.`}</Empty>
    )
  return (
    <ul className={classes.requests}>
      {requests.data.items.map((request) => (
        <li key={request.id} className={classes.request}>
          <StatusDot look={requestStates[request.state]} code={request.state} />{' '}
          <Link {...paths.users(request.member.id)}>{request.member.name}</Link>{' '}
          <span className={classes.quiet}>
            {roleName({ slug: request.member.role, name: request.member.role })} ·{' '}
            <DateText value={request.createdAt} withTime />
          </span>
          <div>{words(request)}</div>
          {request.note && <div>{request.note}</div>}
          {request.answer && <div className={classes.quiet}>{request.answer}</div>}
        </li>
      ))}
    </ul>
  )
}
