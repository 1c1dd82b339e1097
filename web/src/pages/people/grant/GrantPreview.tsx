import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiProblem, api, type Input, type ResponseOf } from '../../../api.ts'
import { permissionWords } from '../../../components/permission-words.ts'
import { fieldWords } from '../../../ui/field-words.ts'
import { ProblemWords } from '../../../ui/states.tsx'
import type { Permission } from '../../../words.ts'
import { useFieldWords } from './field-names.ts'
import classes from './grant.module.css'
import { useSettled } from './useSettled.ts'

type Asked = NonNullable<Input<'POST /members/preview-grant'>['body']>
type Preview = ResponseOf<'POST /members/preview-grant'>
/** Asks the server to count what a grant would change. */
type Count<A> = (asked: A, signal: AbortSignal) => Promise<Preview>

const countAnybody: Count<Asked> = (body, signal) => api('POST /members/preview-grant', { body, signal })

/** What a grant changes, before it is saved: "312 more orders, buyer phone added". Counted by the server under that very grant. */
export function GrantPreview({ asked }: { asked: Asked | null }) {
  return <CountedPreview asked={asked} name="anybody" count={countAnybody} />
}

/** The same where another part of the server counts; `name` tells its answers from others. */
export function CountedPreview<A extends object>({
  asked,
  name,
  count,
}: {
  asked: A | null
  name: string
  count: Count<A>
}) {
  const { t } = useLingui()
  const settled = useSettled(JSON.stringify(asked))
  const preview = useQuery({
    queryKey: ['people', 'preview', name, settled],
    queryFn: ({ signal }) => count(JSON.parse(settled), signal),
    enabled: settled !== 'null',
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (!asked) return null
  return (
    <section className={classes.preview} aria-label={t`What changes`} aria-live="polite" aria-busy={preview.isFetching}>
      <h3>{t`What changes`}</h3>
      {preview.isError ? (
        <PreviewProblem problem={preview.error} />
      ) : preview.data ? (
        <Lines preview={preview.data} />
      ) : (
        <p className={classes.quiet}>{t`Counting…`}</p>
      )}
    </section>
  )
}

function PreviewProblem({ problem }: { problem: unknown }) {
  const { i18n } = useLingui()
  const errors = problem instanceof ApiProblem ? problem.errors.map(({ message }) => fieldWords(message)) : []
  if (errors.length === 0) return <ProblemWords problem={problem} />
  return errors.map((said) => {
    const words = typeof said === 'string' ? said : i18n._(said)
    return <p key={words}>{words}</p>
  })
}

function Lines({ preview: { of, orders, permissions, fields } }: { preview: Preview }) {
  const { t } = useLingui()
  const fieldWords = useFieldWords()
  const { gained, lost, after } = orders
  const words = [
    fields.gained.length > 0 && t`Added: ${fieldWords(fields.gained)}`,
    fields.lost.length > 0 && t`Taken away: ${fieldWords(fields.lost)}`,
  ].filter(Boolean)
  const isSame = gained + lost + permissions.gained.length + permissions.lost.length === 0
  return (
    <ul>
      {gained > 0 && (
        <li>
          {of === 'orders' ? (
            <Plural value={gained} one="# more order" other="# more orders" />
          ) : (
            <Plural value={gained} one="# more in the queue" other="# more in the queue" />
          )}
        </li>
      )}
      {lost > 0 && (
        <li>
          {of === 'orders' ? (
            <Plural value={lost} one="# order fewer" other="# orders fewer" />
          ) : (
            <Plural value={lost} one="# fewer in the queue" other="# fewer in the queue" />
          )}
        </li>
      )}
      {words.map((line) => (
        <li key={String(line)}>{line}</li>
      ))}
      {permissions.gained.length > 0 && (
        <Words words={permissions.gained}>
          <Plural value={permissions.gained.length} one="# permission more" other="# permissions more" />
        </Words>
      )}
      {permissions.lost.length > 0 && (
        <Words words={permissions.lost}>
          <Plural value={permissions.lost.length} one="# permission fewer" other="# permissions fewer" />
        </Words>
      )}
      {isSame && <li>{t`Nothing: it is the same access.`}</li>}
      <li className={classes.quiet}>
        {of === 'orders' ? (
          <Trans>
            Sees <Plural value={after} one="# order" other="# orders" /> then.
          </Trans>
        ) : (
          <Trans>
            Has <Plural value={after} one="# part of an order" other="# parts of orders" /> in the queue then.
          </Trans>
        )}
      </li>
    </ul>
  )
}

/** How many permissions, and which, for who wants to know. */
function Words({ words, children }: { words: string[]; children: ReactNode }) {
  const { i18n } = useLingui()
  return (
    <li>
      <details>
        <summary>{children}</summary>
        {words.map((word) => (
          <div key={word}>{i18n._(permissionWords[word as Permission])}</div>
        ))}
      </details>
    </li>
  )
}
