import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { ProblemNote } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './privacy.module.css'
import { erasuresQuery, type Found, hasLeft } from './privacy.ts'

type Props = { orders: Found[]; onClose: () => void; onErased: () => void }

/** Asks by a word to be typed, since there is no way back; then waits until it is done. */
export function EraseDialog({ orders, onClose, onErased }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const word = t({ message: 'erase', context: 'the word to be typed' })
  const open = orders.filter((order) => !hasLeft(order))
  const [typed, setTyped] = useState('')
  const [later, setLater] = useState(false)
  const [missing, setMissing] = useState(false)
  const done = (sentence: string) => {
    void client.invalidateQueries({ queryKey: erasuresQuery.queryKey })
    void client.invalidateQueries({ queryKey: ['orders'] })
    toast.done(sentence)
    onErased()
  }
  const erase = useMutation({
    mutationFn: () =>
      api('POST /privacy/erase', {
        body: { orderIds: orders.map(({ id }) => id), open: later ? 'ship_first' : 'refuse' },
      }),
    onSuccess: ({ jobId }) => {
      if (!jobId) done(t`The buyer is erased once these orders have left.`)
    },
  })
  const jobId = erase.data?.jobId ?? undefined
  const job = useErasure(jobId, () => done(t`The buyer is erased.`))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const fits = typed.trim().toLowerCase() === word
    setMissing(!fits)
    if (fits) erase.mutate()
  }
  return (
    <Dialog title={t`Erase this buyer`} onClose={onClose}>
      <form className={classes.dialog} onSubmit={submit}>
        {erase.isError && <ProblemNote problem={erase.error} />}
        {job.problem !== null && <ProblemNote problem={job.problem} />}
        <p>
          <Trans>
            From <Plural value={orders.length} one="# order" other="# orders" />: names, addresses, e-mail, phone,
            notes, comments, reasons and tracking, here, at suppliers, in uploaded files and in the record of who did
            what. Numbers, goods and amounts stay. There is no way back.
          </Trans>
        </p>
        {open.length > 0 && (
          <Checkbox
            label={t`Orders that have not left (${open.map(({ number }) => number).join(', ')}): ship them first, then erase them`}
            checked={later}
            onChange={(event) => setLater(event.currentTarget.checked)}
          />
        )}
        <TextInput
          label={t`Type “${word}” to go on`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={missing ? t`Type the word as it stands there.` : undefined}
          autoComplete="off"
          data-autofocus
        />
        <div className={classes.actions}>
          <Button type="submit" color="red" loading={erase.isPending || job.atWork}>{t`Erase this buyer`}</Button>
          <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Follows the job until it has ended. */
function useErasure(jobId: string | undefined, onDone: () => void) {
  const job = useQuery({
    queryKey: ['jobs', jobId],
    queryFn: ({ signal }) => api('GET /jobs/:id', { params: { id: jobId! }, signal }),
    enabled: jobId !== undefined,
    refetchInterval: ({ state: { data } }) => (data && ['queued', 'running'].includes(data.state) ? 1_000 : false),
  })
  const state = job.data?.state
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when the job comes to its end
  useEffect(() => {
    if (state === 'done') onDone()
  }, [state])
  const failed = state === 'failed' || state === 'cancelled'
  return { atWork: jobId !== undefined && !failed && !job.isError, problem: failed ? job.data!.error : job.error }
}
