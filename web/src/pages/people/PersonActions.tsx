import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useCan } from '../../me.ts'
import { confirm } from '../../ui/confirm.tsx'
import { ProblemText } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { outboxQuery } from '../outbox/outbox.ts'
import { type Person, usePeopleChanged } from './usePeople.ts'
import { startView } from './view.ts'

type Props = { person: Person; name: string }

/** What can be done about this person now: one or two verbs, each asked first where somebody notices it. */
export function PersonActions({ person, name }: Props) {
  const { t } = useLingui()
  const { busy, run } = useRun()
  const outbox = useQuery({ ...outboxQuery, enabled: useCan()('outbox:read') })
  const params = { id: person.id }
  const address = person.email ?? ''
  if (person.kind === 'invitation') {
    const resent =
      outbox.data?.smtp === false
        ? t`The earlier link is dead; a new one waits in the outbox.`
        : t`A new link is on its way to ${address}; the earlier one is dead.`
    return (
      <>
        <Button
          variant="default"
          loading={busy}
          onClick={() => void run(() => api('POST /invitations/:id/resend', { params }), resent)}
        >{t`Send again`}</Button>
        <Button
          variant="default"
          disabled={busy}
          onClick={async () => {
            const sure = await confirm({
              title: t`Revoke the invitation of ${name}?`,
              body: t`The link that ${address} has stops working at once. You can invite ${name} again at any time.`,
              action: t`Revoke`,
              danger: true,
            })
            if (sure) await run(() => api('POST /invitations/:id/revoke', { params }), t`The invitation is revoked.`)
          }}
        >{t`Revoke`}</Button>
      </>
    )
  }
  if (person.state === 'deactivated') {
    return (
      <Button
        variant="default"
        loading={busy}
        onClick={() => void run(() => api('POST /members/:id/reactivate', { params }), t`${name} can sign in again.`)}
      >{t`Reactivate`}</Button>
    )
  }
  return (
    <>
      {person.kind === 'person' && person.audience !== 'client' && person.state !== 'ended' && (
        <Button
          variant="default"
          disabled={busy}
          onClick={() => void run(() => startView({ memberId: person.id }))}
        >{t`View as ${name}`}</Button>
      )}
      {person.kind === 'person' && (
        <Button
          variant="default"
          disabled={busy}
          onClick={async () => {
            const sure = await confirm({
              title: t`Sign ${name} out everywhere?`,
              body: t`Every session of ${name} ends at once. ${name} can sign in again.`,
              action: t`End all sessions`,
              danger: true,
            })
            if (sure)
              await run(() => api('POST /members/:id/end-sessions', { params }), t`${name} is signed out everywhere.`)
          }}
        >{t`End all sessions`}</Button>
      )}
      {person.member?.secondFactor && person.audience !== 'client' && (
        <Button
          variant="default"
          disabled={busy}
          onClick={async () => {
            const sure = await confirm({
              title: t`End the second factor of ${name}?`,
              body: t`For somebody who has lost it: ${name} signs in by password alone, sets up a new one, and is told by mail. Be sure who is asking.`,
              action: t`End the second factor`,
              danger: true,
            })
            if (sure)
              await run(
                () => api('POST /members/:id/end-factors', { params }),
                t`${name} signs in by password alone now.`,
              )
          }}
        >{t`End the second factor`}</Button>
      )}
      <Button
        variant="default"
        loading={busy}
        onClick={async () => {
          const sure = await confirm({
            title: t`Deactivate ${name}?`,
            body: t`${name} is signed out everywhere at once and cannot sign in again. What ${name} did stays on record. You can reactivate at any time.`,
            action: t`Deactivate`,
            danger: true,
          })
          if (sure) await run(() => api('POST /members/:id/deactivate', { params }), t`${name} is deactivated.`)
        }}
      >{t`Deactivate`}</Button>
    </>
  )
}

/** Runs a step, says how it went, and asks for the lists again either way: a refusal means they were old. */
function useRun() {
  const changed = usePeopleChanged()
  const [busy, setBusy] = useState(false)
  const run = async (step: () => Promise<unknown>, done?: string) => {
    setBusy(true)
    try {
      await step()
      if (done) toast.done(done)
    } catch (error) {
      toast.failed(<ProblemText problem={error} />)
    }
    setBusy(false)
    await changed()
  }
  return { busy, run }
}
