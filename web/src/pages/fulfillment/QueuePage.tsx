import { useLingui } from '@lingui/react/macro'
import { Button, Checkbox } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, apiUrl } from '../../api.ts'
import { useCan, useMe } from '../../me.ts'
import { SearchField } from '../../ui/filter/SearchField.tsx'
import { SelectionBar } from '../../ui/filter/SelectionBar.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { HandDialog } from './HandDialog.tsx'
import classes from './Queue.module.css'
import { QueueRow } from './QueueRow.tsx'
import { QueueTabs } from './QueueTabs.tsx'
import { SlipLink } from './SlipLink.tsx'
import { TrackingDialog } from './TrackingDialog.tsx'
import { type QueueSearch, type QueueView, useQueue, useQueueCounts, useRefreshQueue } from './useQueue.ts'

const route = getRouteApi('/in/queue')

/** The supplier's one page: what is due first on top, each with what to do about it in one row. */
export default function QueuePage() {
  const { t } = useLingui()
  const can = useCan()
  const { permissions } = useMe() // a view begins where the one looked at begins
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const counts = useQueueCounts().data
  // Who comes without an address begins where there is something for him to do, and stays there.
  const [first, setFirst] = useState<QueueView>()
  const answers =
    permissions.includes('queue:answer') && counts !== undefined && counts.to_answer > 0 && counts.to_ship === 0
  if (!first && counts) setFirst(answers ? 'to_answer' : 'to_ship')
  const view = search.view ?? first
  const queue = useQueue({ view, q: search.q, mine: search.mine })
  const items = queue.data?.pages.flatMap((page) => page.items) ?? []
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [pasting, setPasting] = useState(false)
  const selected = items.filter((item) => chosen.has(item.id))
  const go = (change: QueueSearch) => {
    setChosen(new Set())
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }
  const choose = (id: string, on: boolean) =>
    setChosen(new Set([...chosen].filter((one) => one !== id).concat(on ? id : [])))
  return (
    <>
      <PageHeader
        title={t`To ship`}
        explanation={t`What is yours to ship, the most urgent first.`}
        action={
          <>
            {can('queue:export') && (
              <Button
                component="a"
                variant="default"
                href={apiUrl('GET /queue/export', { query: { view, q: search.q, mine: search.mine } })}
              >
                {t`Export`}
              </Button>
            )}
            {can('queue:ship') && <Button onClick={() => setPasting(true)}>{t`Enter tracking numbers`}</Button>}
          </>
        }
      />
      <QueueTabs view={view} counts={counts} q={search.q} />
      {selected.length > 0 ? (
        <SelectionBar count={selected.length} onClear={() => setChosen(new Set())}>
          {can('queue:print') && <SlipLink ids={selected.map((item) => item.id)}>{t`Print slips`}</SlipLink>}
          {can('queue:assign') && <HandSelected ids={selected.map((item) => item.id)} />}
          {can('queue:answer') && view === 'to_answer' && (
            <AcceptSelected ids={selected.map((item) => item.id)} onDone={() => setChosen(new Set())} />
          )}
        </SelectionBar>
      ) : (
        <div className={classes.tools}>
          <SearchField
            value={search.q ?? ''}
            onSearch={(q) => go({ q: q || undefined })}
            label={t`Number, SKU, recipient or tracking`}
          />
          <Checkbox
            label={t`Assigned to me`}
            checked={search.mine === true}
            onChange={({ currentTarget }) => go({ mine: currentTarget.checked || undefined })}
          />
          {items.length > 1 && can('queue:print') && (
            <button
              type="button"
              className={classes.quiet}
              onClick={() => setChosen(new Set(items.slice(0, 100).map((item) => item.id)))}
            >
              {t`Select all`}
            </button>
          )}
        </div>
      )}
      {queue.isError && !queue.data ? (
        <ProblemState problem={queue.error} onRetry={() => void queue.refetch()} />
      ) : queue.isPending ? (
        <div className={classes.list}>
          <Skeleton lines={8} />
        </div>
      ) : items.length === 0 ? (
        <NothingHere
          view={view ?? 'to_ship'}
          searched={Boolean(search.q ?? search.mine)}
          onClear={() => go({ q: undefined, mine: undefined })}
        />
      ) : (
        <ul className={classes.list} aria-label={t`To ship`} aria-busy={queue.isFetching}>
          {items.map((item, index) => (
            <QueueRow
              key={item.id}
              item={item}
              view={view ?? 'to_ship'}
              next={items[index + 1]?.id}
              chosen={chosen.has(item.id)}
              onChoose={(on) => choose(item.id, on)}
            />
          ))}
        </ul>
      )}
      {queue.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>
            {t`Show more`}
          </Button>
        </div>
      )}
      {pasting && <TrackingDialog onClose={() => setPasting(false)} />}
    </>
  )
}

function HandSelected({ ids }: { ids: string[] }) {
  const { t } = useLingui()
  const refresh = useRefreshQueue()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>{t`Give to a person`}</Button>
      {isOpen && <HandDialog ids={ids} onClose={() => setOpen(false)} onDone={refresh} />}
    </>
  )
}

function AcceptSelected({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const { t } = useLingui()
  const refresh = useRefreshQueue()
  const [busy, setBusy] = useState(false)
  const accept = async () => {
    setBusy(true)
    let accepted = 0
    for (const id of ids) {
      const done = await api('POST /queue/:id/accept', { params: { id }, body: {} }).catch(() => null)
      if (done) accepted++
    }
    setBusy(false)
    onDone()
    await refresh()
    if (accepted === ids.length) toast.done(t`${accepted} accepted.`)
    else toast.failed(t`${accepted} of ${ids.length} accepted; the others are on hold or no longer offered.`)
  }
  return (
    <Button
      variant="default"
      loading={busy}
      onClick={() => void accept()}
      leftSection={<Icon name="check" size={14} />}
    >
      {t`Accept`}
    </Button>
  )
}

function NothingHere({ view, searched, onClear }: { view: QueueView; searched: boolean; onClear: () => void }) {
  const { t } = useLingui()
  if (searched) {
    return (
      <Empty
        icon="search"
        title={t`Nothing matches`}
        action={<Button variant="default" onClick={onClear}>{t`Clear the search`}</Button>}
      >
        {t`Check the spelling, or look in another tab.`}
      </Empty>
    )
  }
  const words: Record<QueueView, [title: string, text: string]> = {
    to_answer: [t`Nothing to answer`, t`What is newly assigned to you is offered here first.`],
    to_ship: [t`Nothing to ship`, t`What you have accepted waits here until it has left.`],
    shipped: [t`Nothing shipped yet`, t`What has left stays readable here, with its tracking.`],
    all: [t`Nothing here yet`, t`Orders that are assigned to you appear here.`],
  }
  return (
    <Empty icon="queue" title={words[view][0]}>
      {words[view][1]}
    </Empty>
  )
}
