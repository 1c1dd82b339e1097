import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { permissionWords } from '../../components/permission-words.ts'
import type { StatusLook } from '../../components/statuses.ts'

/** What was asked for, in one line. */
export function useRequestWords() {
  const { t, i18n } = useLingui()
  return ({ permission, page }: { permission: string | null; page: string }) => {
    if (permission && permission in permissionWords)
      return i18n._(permissionWords[permission as keyof typeof permissionWords])
    return page ? t`The page ${page}` : t`In his own words`
  }
}

export const requestStates: Record<'open' | 'granted' | 'refused', StatusLook> = {
  open: { hue: 'amber', fill: 'hollow', word: msg`Waiting for an answer` },
  granted: { hue: 'green', word: msg`Granted` },
  refused: { hue: 'grey', word: msg({ message: 'Refused', context: 'a request for access' }) },
}
