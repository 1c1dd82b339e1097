import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import classes from './StepList.module.css'
import { isOpen, type Step, steps } from './steps.ts'
import type { Import } from './useImport.ts'
import { stepWords } from './words.ts'

/** Upload, Match, Check, Import: where one is, and the way back. */
export function StepList({ draft, step }: { draft: Import; step: Step }) {
  const { t, i18n } = useLingui()
  return (
    <nav aria-label={t`Steps`}>
      <ol className={classes.steps}>
        {steps.map((one, index) => (
          <li key={one}>
            {isOpen(one, draft.state) ? (
              <Link
                {...paths.import(draft.id, one)}
                className={classes.step}
                data-now={one === step || undefined}
                aria-current={one === step ? 'step' : undefined}
              >
                <span className={classes.number}>{index + 1}</span>
                {i18n._(stepWords[one])}
              </Link>
            ) : (
              <span className={classes.step}>
                <span className={classes.number}>{index + 1}</span>
                {i18n._(stepWords[one])}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
