import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormat } from '../../components/format.ts'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { useCountedNames } from './field-names.ts'
import { Fields, Permissions } from './RightsView.tsx'
import classes from './rights.module.css'
import { sightQuery } from './useSight.ts'

/** What this person can see: how many of what, which fields, which permissions and where each comes from. Asked when opened. */
export function SightSection({ id }: { id: string }) {
  const { t } = useLingui()
  const [opened, setOpened] = useState(false)
  const title = t`What can this person see?`
  return (
    <Section
      title={title}
      action={
        <Button size="compact-sm" variant="default" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {opened ? t`Hide` : t`Show`}
        </Button>
      }
    >
      {opened && <Sight id={id} />}
    </Section>
  )
}

function Sight({ id }: { id: string }) {
  const { t } = useLingui()
  const sight = useQuery(sightQuery(id))
  const names = useCountedNames()
  const format = useFormat()
  if (sight.isPending) return <Skeleton lines={6} />
  if (sight.isError) return <ProblemState problem={sight.error} onRetry={() => void sight.refetch()} />
  const { counts } = sight.data
  return (
    <>
      {counts ? (
        <dl className={classes.counts}>
          {counts.map(({ what, count, orMore }) => (
            <div key={what}>
              <dt>{names[what]}</dt>
              <dd>{orMore ? t`more than ${format.number(count)}` : format.number(count)}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className={classes.quiet}>
          <Trans>
            Nothing is counted here: the person is not let in now, is a client’s, or has rights that you do not have.
          </Trans>
        </p>
      )}
      <section className={classes.group}>
        <h3>{t`Fields`}</h3>
        <Fields rights={sight.data} />
      </section>
      <section className={classes.group}>
        <h3>{t`Permissions`}</h3>
        <Permissions rights={sight.data} />
      </section>
    </>
  )
}
