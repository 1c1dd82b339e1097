import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import { FormConflicts } from '../../ui/form/Conflicts.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { useEdit } from '../../ui/form/useEdit.ts'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './stock.module.css'

type Settings = ResponseOf<'GET /stock/settings'>
const key = ['stock', 'settings']

/** By how many a count may differ before somebody has to approve it. */
export function CountSettings() {
  const { t } = useLingui()
  const { data, error, isPending, isError, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api('GET /stock/settings', { signal }),
  })
  return (
    <section className={classes.part} aria-labelledby="counts">
      <h2 id="counts">{t`Counts`}</h2>
      <p
        className={classes.quiet}
      >{t`What somebody counts is applied at once while it differs by no more than this. A larger difference waits for somebody who may adjust stock.`}</p>
      {isPending && <Skeleton lines={2} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data && <Threshold key={data.version} settings={data} />}
    </section>
  )
}

function Threshold({ settings }: { settings: Settings }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const begun = { countThreshold: String(settings.countThreshold) }
  const { conflicts, save } = useEdit(settings.version, begun, String)
  const label = t`Units that may differ`
  const submit = async (values: typeof begun) => {
    const saved = await save({ countThreshold: values.countThreshold.trim() }, ({ countThreshold }, version) =>
      api('PATCH /stock/settings', { version, body: { countThreshold: Number(countThreshold) } }),
    )
    if (!saved) return
    toast.done(t`Saved. It counts from the next count on.`)
    await client.invalidateQueries({ queryKey: key })
  }
  const rules = {
    validate: (text: string) =>
      (/^\d{1,7}$/.test(text.trim()) && Number(text) <= 1_000_000) || t`Write a whole number, 0 or more.`,
  }
  return (
    <div className={classes.stores}>
      <Form defaultValues={begun} onSubmit={submit} action={t`Save`}>
        <FormConflicts conflicts={conflicts} label={() => label} />
        <TextField
          name="countThreshold"
          label={label}
          help={t`With 0 every difference waits.`}
          inputMode="numeric"
          rules={rules}
        />
      </Form>
    </div>
  )
}
