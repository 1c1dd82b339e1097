import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'

export default function OrderPage() {
  const { t } = useLingui()
  return <PageHeader title={t`Order`} back={<Link {...paths.orders()}>{t`Orders`}</Link>} />
}
