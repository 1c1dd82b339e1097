import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useRoleName } from '../../components/roles.ts'
import { useCan, useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { FilterBar } from '../../ui/filter/FilterBar.tsx'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import { useGrid } from '../../ui/grid/useGrid.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState } from '../../ui/states.tsx'
import { BatchPanel } from './grant/BatchPanel.tsx'
import { InvitePanel } from './InvitePanel.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { personStates } from './person-states.ts'
import type { UsersSearch } from './search.ts'
import { filterPeople, type Person, usePeople } from './usePeople.ts'
import { usePersonColumns } from './usePersonColumns.tsx'
import { ViewAsPanel } from './ViewAsPanel.tsx'

const route = getRouteApi('/in/settings/users')
const idOf = (person: Person) => person.id

export default function UsersPage() {
  const { t } = useLingui()
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (change: UsersSearch) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const { people, isPending, isFetching, error, retry } = usePeople()
  const rows = useMemo(() => filterPeople(people, search), [people, search])
  const grid = useGrid({ name: `users.${useMe().user.id}`, columns: usePersonColumns(), rows, rowId: idOf })
  const open = people.find((person) => person.id === search.open)
  const panel =
    search.invite === 'batch' && can('users:manage') ? (
      <BatchPanel onClose={() => go({ invite: undefined })} onInvited={() => go({ invite: undefined })} />
    ) : search.invite && can('users:manage') ? (
      <InvitePanel onClose={() => go({ invite: undefined })} onInvited={(id) => go({ invite: undefined, open: id })} />
    ) : search.view && can('users:manage') ? (
      <ViewAsPanel onClose={() => go({ view: undefined })} />
    ) : (
      open && <PersonPanel key={open.id} person={open} onClose={() => go({ open: undefined })} />
    )
  return (
    <>
      <SettingsTabs />
      <ListPage panel={panel}>
        <PageHeader
          title={t`Users`}
          explanation={
            <>
              <Trans>Who works in this account, as what, and who is invited.</Trans>{' '}
              <Link {...paths.roleGuide()}>{t`What each role can do`}</Link>
            </>
          }
          action={
            can('users:manage') && (
              <>
                <Button variant="default" onClick={() => go({ view: 'yes', invite: undefined, open: undefined })}>
                  {t`View as…`}
                </Button>
                <Button variant="default" onClick={() => go({ invite: 'batch', open: undefined, view: undefined })}>
                  {t`Add temporary staff`}
                </Button>
                <Button
                  leftSection={<Icon name="plus" />}
                  onClick={() => go({ invite: 'yes', open: undefined, view: undefined })}
                >
                  {t`Invite a user`}
                </Button>
              </>
            )
          }
        />
        <UserFilters people={people} search={search} found={rows.length} onChange={go} />
        {error && people.length === 0 ? (
          <ProblemState problem={error} onRetry={() => void retry()} />
        ) : (
          <DataGrid
            grid={grid}
            label={t`Users`}
            rowLabel={(person) => person.name || person.email || ''}
            openId={search.open}
            onOpen={(person) =>
              go({ open: person.id === search.open ? undefined : person.id, invite: undefined, view: undefined })
            }
            filterKey={JSON.stringify([search.q, search.state, search.role, search.audience, search.batch])}
            total={rows.length}
            loading={isPending}
            refreshing={isFetching && !isPending}
            empty={<NothingMatches onClear={() => void navigate({ search: {} })} />}
          />
        )}
      </ListPage>
    </>
  )
}

type FilterProps = { people: Person[]; search: UsersSearch; found: number; onChange: (change: UsersSearch) => void }

function UserFilters({ people, search, found, onChange }: FilterProps) {
  const { t, i18n } = useLingui()
  const roleName = useRoleName()
  const batches = [...new Set(people.flatMap(({ batch }) => batch ?? []))].sort()
  const roles = new Map(people.map(({ role }) => [role.slug, roleName(role)]))
  return (
    <FilterBar
      search={{
        label: t`Name, e-mail or company`,
        value: search.q ?? '',
        onSearch: (q) => onChange({ q: q || undefined }),
      }}
      fields={[
        {
          id: 'state',
          label: t`State`,
          kind: 'options',
          options: Object.entries(personStates).map(([value, { word }]) => ({ value, label: i18n._(word) })),
        },
        {
          id: 'role',
          label: t`Role`,
          kind: 'options',
          options: [...roles].map(([value, label]) => ({ value, label })),
        },
        {
          id: 'audience',
          label: t`Works`,
          kind: 'options',
          options: [
            { value: 'staff', label: t`In your company` },
            { value: 'supplier', label: t`At a supplier` },
            { value: 'client', label: t`At a client` },
          ],
        },
        ...(batches.length > 0 ? [batchField(batches, t`Batch`)] : []),
      ]}
      values={{
        state: search.state,
        role: search.role,
        audience: search.audience,
        batch: search.batch ? [search.batch] : undefined,
      }}
      onChange={(id, values) => onChange({ [id]: id === 'batch' ? values?.[0] : values })}
      onClear={() => onChange({ state: undefined, role: undefined, audience: undefined, batch: undefined })}
      count={people.length > 0 && <Plural value={found} one="# user" other="# users" />}
    />
  )
}

const batchField = (batches: string[], label: string) => ({
  id: 'batch',
  label,
  kind: 'options' as const,
  single: true,
  options: batches.map((value) => ({ value, label: value })),
})

function NothingMatches({ onClear }: { onClear: () => void }) {
  const { t } = useLingui()
  return (
    <Empty
      icon="search"
      title={t`Nobody matches`}
      action={<Button variant="default" onClick={onClear}>{t`Clear search and filters`}</Button>}
    >{t`Check the spelling, or take a filter away.`}</Empty>
  )
}
