import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCan } from '../../me.ts'
import { paths } from '../../paths.ts'
import { Section } from '../../ui/Section.tsx'
import { ProblemNote } from '../../ui/states.tsx'
import { ColumnsTable } from './ColumnsTable.tsx'
import { FileReason } from './FileProblem.tsx'
import { FormatFields } from './FormatFields.tsx'
import { useFieldWord } from './field-words.ts'
import classes from './Imports.module.css'
import { KeptMappings } from './KeptMappings.tsx'
import { Preview } from './Preview.tsx'
import { useReason } from './reason-words.ts'
import { type Import, useChangeImport, useStep } from './useImport.ts'

/** How the file is read, and which column fills what. Every choice is kept at once and shown as it reads. */
export function MatchStep({ draft }: { draft: Import }) {
  const { t } = useLingui()
  const can = useCan()
  const change = useChangeImport(draft.id)
  const locked = draft.state !== 'uploaded' && draft.state !== 'checked'
  return (
    <>
      {locked && (
        <p className={classes.quiet}>
          {t`This import has begun: how its file is read can no longer change. Upload the file again to import it otherwise.`}
        </p>
      )}
      {change.isError && <ProblemNote problem={change.error} />}
      <fieldset disabled={locked} className={classes.plain}>
        <Section title={t`How the file is written`}>
          <FormatFields draft={draft} onChange={change.mutate} />
          {draft.error && !locked ? <FileReason reason={draft.error} /> : <Preview draft={draft} />}
        </Section>
        <Section
          title={t`What the columns fill`}
          action={
            // Kept mappings are the house's.
            can('orders:import') && (
              <KeptMappings draft={draft} onChoose={(mappingId) => change.mutate({ mappingId })} />
            )
          }
        >
          <Faults draft={draft} />
          <ColumnsTable draft={draft} onChoose={(columns) => change.mutate({ columns })} />
        </Section>
      </fieldset>
    </>
  )
}

/** What is still missing before the file can be checked. */
function Faults({ draft }: { draft: Import }) {
  const sentence = useReason()
  const word = useFieldWord(draft.kind)
  if (draft.faults.length === 0 || draft.columns.length === 0) return null
  return (
    <ul className={classes.faults} aria-live="polite">
      {draft.faults.map((fault) => {
        const field = draft.fields.find(({ key }) => key === fault.field)
        const params = field ? { ...fault.params, field: word(field) } : fault.params
        return <li key={`${fault.field} ${fault.code}`}>{sentence({ ...fault, params })}</li>
      })}
    </ul>
  )
}

export function MatchAction({ draft }: { draft: Import }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const check = useStep(draft.id, 'POST /imports/:id/check')
  const ready = draft.state === 'uploaded' || draft.state === 'checked'
  if (!ready) return null
  const start = async () => {
    await check.mutateAsync().then(
      () => navigate(paths.import(draft.id, 'check')),
      () => undefined,
    )
  }
  return (
    <>
      {check.isError && <ProblemNote problem={check.error} />}
      <Button loading={check.isPending} onClick={() => void start()}>{t`Check the file`}</Button>
    </>
  )
}
