import { i18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { modals } from '@mantine/modals'
import type { ReactNode } from 'react'

type Question = {
  title: string
  /** What will happen, to what, and whether it can be taken back. */
  body: ReactNode
  /** The verb on the button: "Deactivate", never "OK". */
  action: string
  danger?: boolean
}

/** Asks before something that leaves the house or cannot be undone; answers true when the person went ahead. */
export function confirm({ title, body, action, danger = false }: Question): Promise<boolean> {
  return new Promise((answer) => {
    modals.openConfirmModal({
      title,
      children: body,
      labels: { confirm: action, cancel: i18n._(msg`Cancel`) },
      confirmProps: danger ? { color: 'red' } : {},
      closeButtonProps: { 'aria-label': i18n._(msg`Close`) },
      onConfirm: () => answer(true),
      onClose: () => answer(false),
    })
  })
}
