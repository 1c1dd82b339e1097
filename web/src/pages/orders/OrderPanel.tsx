import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { SidePanel } from '../../ui/SidePanel.tsx'

/** One order beside the list. */
export function OrderPanel({ id, number, onClose }: { id: string; number: string; onClose: () => void }) {
  const { t } = useLingui()
  return (
    <SidePanel title={number} label={t`Order ${number}`} onClose={onClose}>
      <Link {...paths.order(id)}>{t`Open the whole page`}</Link>
    </SidePanel>
  )
}
