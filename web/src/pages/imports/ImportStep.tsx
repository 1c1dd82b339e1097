import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { paths } from '../../paths.ts'
import { Section } from '../../ui/Section.tsx'
import { Figures } from './Figures.tsx'
import { FileReason } from './FileProblem.tsx'
import classes from './Imports.module.css'
import { Progress } from './Progress.tsx'
import { Rejections } from './Rejections.tsx'
import { type Import, useStep } from './useImport.ts'

/** The import at work, and what came of it. */
export function ImportStep({ draft }: { draft: Import }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { state } = draft
  useEffect(() => {
    if (state === 'done') void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'imports' })
  }, [client, state])
  const titles: Partial<Record<Import['state'], string>> = {
    done: t`It is in`,
    cancelled: t`Stopped: what is in stays in`,
    failed: t`It has failed: what is in stays in`,
  }
  return (
    <div aria-live="polite">
      {draft.state === 'running' ? (
        <Progress draft={draft} title={t`Being imported`} />
      ) : (
        <>
          {draft.state === 'failed' && draft.error && <FileReason reason={draft.error} />}
          <Section title={titles[draft.state] ?? ''}>
            <Figures draft={draft} counts={draft} />
            {draft.state === 'done' && (
              <p className={classes.quiet}>
                {draft.rejected > 0
                  ? t`The refused rows stand below; import them again once they are corrected.`
                  : t`Every row came in. The same file again would change nothing.`}
              </p>
            )}
            {(draft.state === 'cancelled' || draft.state === 'failed') && (
              <p className={classes.quiet}>{t`Resume it to go on with the first row that is not in.`}</p>
            )}
          </Section>
          {draft.survey && draft.survey.rejected > 0 && <Rejections draft={draft} survey={draft.survey} />}
        </>
      )}
    </div>
  )
}

export function ImportAction({ draft }: { draft: Import }) {
  const { t } = useLingui()
  const stop = useStep(draft.id, 'POST /imports/:id/cancel')
  const resume = useStep(draft.id, 'POST /imports/:id/resume')
  if (draft.state === 'running')
    return <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>{t`Stop`}</Button>
  if (draft.state === 'cancelled' || draft.state === 'failed')
    return <Button loading={resume.isPending} onClick={() => resume.mutate()}>{t`Resume`}</Button>
  if (draft.state !== 'done') return null
  return (
    <Button component={Link} {...((draft.kind === 'orders' ? paths.orders() : paths.products()) as object)}>
      {draft.kind === 'orders' ? t`Show the orders` : t`Show the products`}
    </Button>
  )
}
