import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useFormat } from '../../components/format.ts'
import { paths } from '../../paths.ts'
import { Section } from '../../ui/Section.tsx'
import { ProblemNote } from '../../ui/states.tsx'
import { Figures } from './Figures.tsx'
import { FileReason } from './FileProblem.tsx'
import classes from './Imports.module.css'
import { Progress } from './Progress.tsx'
import { Rejections } from './Rejections.tsx'
import { useReason } from './reason-words.ts'
import { type Import, useStep } from './useImport.ts'

/** What an import would do, found out by looking at every row; nothing is written yet. */
export function CheckStep({ draft }: { draft: Import }) {
  const { t } = useLingui()
  const sentence = useReason()
  const { survey } = draft
  if (draft.state === 'checking') return <Progress draft={draft} title={t`Every row is being looked at`} />
  if (draft.error && !survey) return <FileReason reason={draft.error} />
  if (!survey) return null
  return (
    <>
      <Section title={t`What would happen`}>
        <Figures draft={draft} counts={survey} />
        {survey.lines > 0 && <Totals survey={survey} />}
        {draft.state === 'checked' && survey.unchanged > 0 && survey.created + survey.changed === 0 && (
          <p>{t`Nothing of it is new: there is nothing to import.`}</p>
        )}
      </Section>
      {survey.warnings.length > 0 && (
        <Section title={t`Good to know`}>
          <ul className={classes.list}>
            {survey.warnings.map((warning) => (
              <li key={`${warning.code} ${warning.params.column ?? ''}`}>{sentence(warning)}</li>
            ))}
          </ul>
        </Section>
      )}
      {survey.rejected > 0 && <Rejections draft={draft} survey={survey} />}
    </>
  )
}

function Totals({ survey }: { survey: NonNullable<Import['survey']> }) {
  const { t } = useLingui()
  const { number, money } = useFormat()
  return (
    <p className={classes.quiet}>
      <Plural value={survey.lines} one="# order line" other="# order lines" />
      {', '}
      <Plural value={survey.quantity} one="# unit" other="# units" />
      {survey.rows > 0 && (
        <>
          {' '}
          <Trans>in {number(survey.rows)} rows</Trans>
        </>
      )}
      {survey.amounts.map(({ gross, net, shipping, tax }) => (
        <span key={gross.currency} className={classes.amounts}>
          {t`Lines ${money(gross.amount, gross.currency)}, after discount ${money(net.amount, net.currency)}, shipping ${money(shipping.amount, shipping.currency)}, tax ${money(tax.amount, tax.currency)}`}
        </span>
      ))}
    </p>
  )
}

export function CheckAction({ draft }: { draft: Import }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const navigate = useNavigate()
  const run = useStep(draft.id, 'POST /imports/:id/run')
  const stop = useStep(draft.id, 'POST /imports/:id/cancel')
  if (draft.state === 'checking')
    return <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>{t`Stop`}</Button>
  if (draft.state !== 'checked' || !draft.survey) return null
  const { created, changed } = draft.survey
  const writes = created + changed
  if (writes === 0) return null
  const start = async () => {
    await run.mutateAsync().then(
      () => navigate(paths.import(draft.id, 'import')),
      () => undefined,
    )
  }
  return (
    <>
      {run.isError && <ProblemNote problem={run.error} />}
      <Button loading={run.isPending} onClick={() => void start()}>
        {draft.kind === 'orders' ? t`Import ${number(writes)} orders` : t`Import ${number(writes)} products`}
      </Button>
    </>
  )
}
