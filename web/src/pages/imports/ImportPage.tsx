import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useFormat } from '../../components/format.ts'
import { paths } from '../../paths.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { CheckAction, CheckStep } from './CheckStep.tsx'
import { ImportAction, ImportStep } from './ImportStep.tsx'
import classes from './Imports.module.css'
import { MatchAction, MatchStep } from './MatchStep.tsx'
import { StepList } from './StepList.tsx'
import { type Step, stepOf } from './steps.ts'
import { UploadBox } from './UploadBox.tsx'
import { type Import, importQuery } from './useImport.ts'
import { kindWords } from './words.ts'

const route = getRouteApi('/in/imports/$importId')

/** One import, in four steps: the address holds the step, the server everything else. */
export default function ImportPage() {
  const { t, i18n } = useLingui()
  const { number } = useFormat()
  const { data, error, isError, refetch } = useQuery(importQuery(route.useParams().importId))
  const asked = route.useSearch().step
  if (isError && !data) return <ProblemState problem={error} onRetry={() => void refetch()} />
  const step = data && stepOf(asked, data.state)
  const { Body, Action } = parts[step ?? 'upload']
  const kilobytes = data && number(Math.max(1, Math.round(data.bytes / 1024)))
  return (
    <>
      <PageHeader
        back={
          <Link {...paths.imports()} className={classes.back}>
            {t`Imports`}
          </Link>
        }
        title={data?.fileName ?? t`Import`}
        explanation={data ? t`${i18n._(kindWords[data.kind])}, ${kilobytes} KB` : ' '}
        action={data && <Action draft={data} />}
      />
      {data && step ? (
        <div className={classes.page}>
          <StepList draft={data} step={step} />
          <Body draft={data} />
        </div>
      ) : (
        <div className={classes.page}>
          <Skeleton lines={10} />
        </div>
      )}
    </>
  )
}

type Part = (props: { draft: Import }) => React.ReactNode

const parts: Record<Step, { Body: Part; Action: Part }> = {
  upload: { Body: OtherFile, Action: () => null },
  match: { Body: MatchStep, Action: MatchAction },
  check: { Body: CheckStep, Action: CheckAction },
  import: { Body: ImportStep, Action: ImportAction },
}

function OtherFile({ draft }: { draft: Import }) {
  const { t } = useLingui()
  return (
    <>
      <p className={classes.quiet}>
        {t`${draft.fileName} is kept with this import. Another file begins an import of its own; this one stays in the list.`}
      </p>
      <UploadBox />
    </>
  )
}
