import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { DateText } from '../../components/DateText.tsx'
import { useRoleName } from '../../components/roles.ts'
import { StatusDot } from '../../components/StatusDot.tsx'
import { useMe } from '../../me.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import { type GridColumn, useGrid } from '../../ui/grid/useGrid.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState } from '../../ui/states.tsx'
import { CreateKeyPanel } from './CreateKeyPanel.tsx'
import { KeyPanel } from './KeyPanel.tsx'
import { type Key, keyStates, keysQuery, type NewSecret } from './keys.ts'
import type { KeysSearch } from './routes.ts'
import { SecretDialog } from './SecretDialog.tsx'

const route = getRouteApi('/in/settings/keys')
const idOf = (key: Key) => key.id
const none: Key[] = []

export default function KeysPage() {
  const { t } = useLingui()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (change: KeysSearch) => void navigate({ search: change, replace: true })
  const keys = useQuery(keysQuery)
  const rows = keys.data?.items ?? none
  const [secret, setSecret] = useState<NewSecret | null>(null)
  const grid = useGrid({ name: `keys.${useMe().user.id}`, columns: useKeyColumns(), rows, rowId: idOf })
  const open = rows.find(({ id }) => id === search.open)
  const close = () => go({})
  const made = (made: NewSecret) => {
    setSecret(made)
    go({ open: made.id })
  }
  return (
    <>
      <SettingsTabs />
      <ListPage
        panel={
          search.create ? (
            <CreateKeyPanel onClose={close} onMade={made} />
          ) : (
            open && <KeyPanel key={open.id} apiKey={open} onClose={close} onSecret={setSecret} />
          )
        }
      >
        <PageHeader
          title={t`API keys`}
          explanation={t`Programs that work in this account: each acts under its own name, and never may more than whoever made it.`}
          action={
            <Button leftSection={<Icon name="plus" />} onClick={() => go({ create: 'yes' })}>{t`Create a key`}</Button>
          }
        />
        {keys.isError && !keys.data ? (
          <ProblemState problem={keys.error} onRetry={() => void keys.refetch()} />
        ) : (
          <DataGrid
            grid={grid}
            label={t`API keys`}
            rowLabel={({ name }) => name}
            openId={search.open}
            onOpen={({ id }) => go({ open: id === search.open ? undefined : id })}
            total={rows.length}
            loading={keys.isPending}
            refreshing={keys.isFetching && !keys.isPending}
            empty={
              <Empty icon="lock" title={t`No keys yet`}>
                <Trans>A key lets a program read and write what you choose, without anybody's password.</Trans>
              </Empty>
            }
          />
        )}
      </ListPage>
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </>
  )
}

function useKeyColumns(): GridColumn<Key>[] {
  const { t, i18n } = useLingui()
  const roleName = useRoleName()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` and the names follow the language
  return useMemo(
    () => [
      { id: 'name', header: t`Name`, width: 220, sticky: true, cell: ({ name }) => name },
      {
        id: 'state',
        header: t`State`,
        width: 176,
        cell: ({ state }) => <StatusDot look={keyStates[state]} code={state} />,
      },
      {
        id: 'role',
        header: t`Role`,
        width: 220,
        cell: ({ role, party }) => [roleName(role), party?.name].filter(Boolean).join(' · '),
      },
      {
        id: 'expires',
        header: t`Expires`,
        width: 120,
        cell: ({ expiresAt }) => (expiresAt ? <DateText value={expiresAt} /> : '—'),
      },
      {
        id: 'used',
        header: t`Last used`,
        width: 150,
        cell: ({ lastUsedAt }) => (lastUsedAt ? <DateText value={lastUsedAt} withTime /> : t`Never`),
      },
      {
        id: 'networks',
        header: t`Networks`,
        width: 180,
        grow: true,
        cell: ({ networks }) => networks?.join(', ') ?? t`Anywhere`,
      },
      { id: 'by', header: t`Made by`, width: 150, cell: ({ madeBy }) => madeBy ?? t`Command line` },
    ],
    [i18n.locale],
  )
}
