import { useLingui } from '@lingui/react/macro'
import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { title: string; onClose: () => void; wide?: boolean; children: ReactNode }

/** A question or form above the page; Escape and the cross close it, the focus goes back to where it was. */
export function Dialog({ title, onClose, wide = false, children }: Props) {
  const { t } = useLingui()
  return (
    <Modal opened title={title} onClose={onClose} size={wide ? 720 : 480} closeButtonProps={{ 'aria-label': t`Close` }}>
      {children}
    </Modal>
  )
}
