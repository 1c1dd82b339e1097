import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Select } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, ProblemText, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './roles.module.css'

/** Who owns the account; to the owner, how to hand it on; to the one it is offered to, to accept or decline. */
export function OwnershipSection() {
  const { t } = useLingui()
  const client = useQueryClient()
  const [to, setTo] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const ownership = useQuery({
    queryKey: ['people', 'ownership'],
    queryFn: ({ signal }) => api('GET /ownership', { signal }),
  })
  const run = async (step: () => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await step()
      toast.done(done)
    } catch (error) {
      toast.failed(<ProblemText problem={error} />)
    }
    setBusy(false)
    await client.invalidateQueries({ queryKey: ['people'] })
  }
  const { data } = ownership
  if (!data)
    return (
      <Section title={t`Owner`}>
        {ownership.isError ? (
          <ProblemState problem={ownership.error} onRetry={() => void ownership.refetch()} />
        ) : (
          <Skeleton lines={3} />
        )}
      </Section>
    )
  const owner = data.owner?.name ?? '—'
  const offered = data.offer?.to.name ?? ''
  const chosen = data.candidates.find(({ id }) => id === to)
  const offer = async () => {
    if (!chosen) return
    const { id: memberId, name } = chosen
    const sure = await confirm({
      title: t`Offer the account to ${name}?`,
      body: t`Nothing changes until ${name} accepts, within seven days. You stay an administrator, but nothing protects you from the others any more.`,
      action: t`Offer the account`,
    })
    if (sure)
      await run(() => api('POST /ownership/offer', { body: { memberId } }), t`The account is offered to ${name}.`)
  }
  const accept = async () => {
    const sure = await confirm({
      title: t`Become the owner of this account?`,
      body: t`${owner} stays an administrator. Nobody can then demote or deactivate you; you can hand the account on.`,
      action: t`Become the owner`,
    })
    if (sure) await run(() => api('POST /ownership/accept'), t`You own the account now.`)
  }
  return (
    <Section title={t`Owner`}>
      <div className={classes.owner}>
        <p className={classes.quiet}>
          <Trans>{owner} owns the account: an administrator whom nobody else can demote, limit or deactivate.</Trans>
        </p>
        {data.offer && (
          <p>
            <Trans>
              It is offered to {offered} until <DateText value={data.offer.expiresAt} withTime />.
            </Trans>
          </p>
        )}
        <div className={classes.row}>
          {data.offeredToMe && (
            <Button loading={busy} onClick={() => void accept()}>
              {t`Become the owner`}
            </Button>
          )}
          {(data.offeredToMe || (data.mine && data.offer)) && (
            <Button
              variant="default"
              disabled={busy}
              onClick={() => void run(() => api('POST /ownership/withdraw'), t`The offer is over.`)}
            >
              {data.mine ? t`Take the offer back` : t`Decline`}
            </Button>
          )}
          {data.mine && !data.offer && data.candidates.length > 0 && (
            <>
              <Select
                aria-label={t`New owner`}
                placeholder={t`Another administrator`}
                value={to}
                onChange={setTo}
                data={data.candidates.map(({ id, name }) => ({ value: id, label: name }))}
              />
              <Button variant="default" loading={busy} disabled={!chosen} onClick={() => void offer()}>
                {t`Offer the account`}
              </Button>
            </>
          )}
        </div>
        {data.mine && !data.offer && data.candidates.length === 0 && (
          <p className={classes.quiet}>
            <Trans>To hand it on, make somebody else an administrator without limits first.</Trans>
          </p>
        )}
      </div>
    </Section>
  )
}
