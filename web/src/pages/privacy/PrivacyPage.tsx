import { useLingui } from '@lingui/react/macro'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Erasures } from './Erasures.tsx'
import { FindBuyer } from './FindBuyer.tsx'
import classes from './privacy.module.css'
import { Retention } from './Retention.tsx'

export default function PrivacyPage() {
  const { t } = useLingui()
  return (
    <>
      <SettingsTabs />
      <PageHeader
        title={t`Privacy`}
        explanation={t`How long personal data is kept, and what a buyer may ask for: a copy of all that is kept, or that nothing is kept any more.`}
      />
      <div className={classes.page}>
        <FindBuyer />
        <Retention />
        <Erasures />
      </div>
    </>
  )
}
