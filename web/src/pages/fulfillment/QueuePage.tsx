import { Trans, useLingui } from '@lingui/react/macro'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty } from '../../ui/states.tsx'

export default function QueuePage() {
  const { t } = useLingui()
  return (
    <>
      <PageHeader title={t`To ship`} explanation={t`What is yours to ship, the most urgent first.`} />
      <Empty icon="queue" title={t`Nothing to ship`}>
        <Trans>Orders that are assigned to you appear here.</Trans>
      </Empty>
    </>
  )
}
