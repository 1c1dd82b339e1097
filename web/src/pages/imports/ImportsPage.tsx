import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useCan } from '../../me.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { ImportHistory } from './ImportHistory.tsx'
import classes from './Imports.module.css'
import { UploadBox } from './UploadBox.tsx'
import { importsQuery } from './useImport.ts'

export default function ImportsPage() {
  const { t } = useLingui()
  const { data, error, isError, refetch } = useQuery(importsQuery)
  const can = useCan()
  return (
    <>
      <PageHeader
        title={t`Imports`}
        explanation={
          can('orders:import')
            ? t`Bring orders and products in from a file. Every row is checked before anything is written.`
            : t`Bring products in from a file. Every row is checked before anything is written.`
        }
      />
      <div className={classes.page}>
        {(can('orders:import') || can('products:import')) && <UploadBox />}
        <Section title={t`Earlier imports`}>
          {isError && !data ? (
            <ProblemState problem={error} onRetry={() => void refetch()} />
          ) : data ? (
            <ImportHistory imports={data.items} />
          ) : (
            <Skeleton lines={4} />
          )}
        </Section>
      </div>
    </>
  )
}
