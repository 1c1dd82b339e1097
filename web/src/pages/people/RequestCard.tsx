import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { useRoleName } from '../../components/roles.ts'
import { ProblemNote } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { givableRoles } from './givable-roles.ts'
import { useRequestWords } from './request-words.ts'
import classes from './rights.module.css'
import { rolesQuery, usePeopleChanged } from './usePeople.ts'
import type { AccessRequest } from './useRequests.ts'

/**
 * What somebody asks for, the roles that would give it, and the answer. Nothing is granted here: role and access stand below, and
 * a person changes them.
 */
export function RequestCard({ request }: { request: AccessRequest }) {
  const { t } = useLingui()
  const roleName = useRoleName()
  const words = useRequestWords()
  const changed = usePeopleChanged()
  const roles = useQuery(rolesQuery).data?.items ?? []
  const [answer, setAnswer] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const holders = givableRoles(roles).filter(
    ({ permissions, audience }) =>
      request.permission && audience === 'staff' && permissions.includes(request.permission),
  )
  const names = holders.map(roleName).join(', ')
  const say = async (state: 'granted' | 'refused') => {
    setProblem(null)
    try {
      await api('POST /access-requests/:id/answer', { params: { id: request.id }, body: { state, answer } })
      toast.done(t`Answered: the person finds it under My permissions.`)
      await changed()
    } catch (error) {
      setProblem(error)
    }
  }
  return (
    <div className={classes.request}>
      <strong>{words(request)}</strong>
      {request.note && <p>{request.note}</p>}
      <p className={classes.quiet}>
        <DateText value={request.createdAt} withTime />
        {names && (
          <>
            {' · '}
            <Trans>Proposed: one of the roles {names}, chosen below.</Trans>
          </>
        )}
      </p>
      <Textarea
        aria-label={t`Your answer`}
        placeholder={t`A sentence for the person`}
        rows={2}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button variant="default" onClick={() => void say('granted')}>{t`Say that it is granted`}</Button>
        <Button variant="default" onClick={() => void say('refused')}>{t`Refuse`}</Button>
      </div>
      {problem !== null && <ProblemNote problem={problem} />}
    </div>
  )
}
