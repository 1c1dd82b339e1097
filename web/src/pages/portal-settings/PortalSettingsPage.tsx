import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useCan } from '../../me.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { AddressSection } from './AddressSection.tsx'
import { BrandSection } from './BrandSection.tsx'
import classes from './portal-settings.module.css'
import { addressQuery, brandQuery } from './portal-settings.ts'

/** Where the clients of the account come in, and what it looks like there. */
export default function PortalSettingsPage() {
  const { t } = useLingui()
  const can = useCan()
  const address = useQuery({ ...addressQuery, enabled: can('portal:manage') })
  const brand = useQuery({ ...brandQuery, enabled: can('portal:brand') })
  const failed = [address, brand].find(({ isError, data }) => isError && !data)
  return (
    <>
      <SettingsTabs />
      <PageHeader
        title={t`Customer Portal`}
        explanation={t`Where your clients sign in. They see your name and colours there, and their own orders and goods.`}
      />
      <div className={classes.page}>
        {failed && <ProblemState problem={failed.error} onRetry={() => void failed.refetch()} />}
        {(address.isLoading || brand.isLoading) && <Skeleton lines={8} />}
        {address.data && <AddressSection address={address.data} />}
        {brand.data && <BrandSection key={brand.data.version} brand={brand.data} />}
      </div>
    </>
  )
}
