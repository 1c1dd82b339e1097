import { i18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { notifications } from '@mantine/notifications'
import { createElement, type ReactNode } from 'react'
import { ProblemWords } from './states.tsx'
import { UndoWords } from './UndoWords.tsx'

const show = (message: ReactNode, failed: boolean, keepFor: number | false) =>
  notifications.show({
    message,
    color: failed ? 'red' : 'teal',
    autoClose: keepFor,
    role: failed ? 'alert' : 'status',
    closeButtonProps: { 'aria-label': i18n._(msg`Dismiss`) },
  })

/** A short sentence, bottom right, that says what happened. A failure stays until it is read. */
export const toast = {
  done: (message: ReactNode) => show(message, false, 5_000),
  /** Something that can be taken back; stays at least 8 s, longer under the pointer or the focus. */
  undoable(message: string, undo: () => void) {
    const andHide = () => {
      notifications.hide(id)
      undo()
    }
    const id = show(createElement(UndoWords, { message, undo: andHide }), false, 10_000)
  },
  failed: (message: ReactNode) => show(message, true, false),
  /** What the server or the network refused, in the reader's words. */
  problem: (problem: unknown) => show(createElement(ProblemWords, { problem }), true, false),
}
