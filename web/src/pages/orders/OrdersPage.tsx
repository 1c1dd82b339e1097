import { useLingui } from '@lingui/react/macro'
import { PageHeader } from '../../ui/PageHeader.tsx'

export default function OrdersPage() {
  const { t } = useLingui()
  return <PageHeader title={t`Orders`} explanation={t`Every order of your channels, with what is left to do.`} />
}
