import { useLingui } from '@lingui/react'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { apiUrl } from '../../api.ts'
import { Icon } from '../../ui/Icon.tsx'

export const slipLanguage = (locale: string) => (locale.startsWith('fr') ? 'fr' : 'en')

/** Opens the packing slips of several fulfillment orders as one PDF in a tab of its own. */
export function SlipLink({ ids, children }: { ids: string[]; children: ReactNode }) {
  const { i18n } = useLingui()
  return (
    <Button
      component="a"
      variant="default"
      target="_blank"
      rel="noreferrer"
      href={apiUrl('GET /queue/slips', { query: { ids, language: slipLanguage(i18n.locale) } })}
      leftSection={<Icon name="print" size={14} />}
    >
      {children}
    </Button>
  )
}
