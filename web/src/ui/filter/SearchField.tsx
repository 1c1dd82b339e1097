import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '../Icon.tsx'
import { useShortcut } from '../shortcuts.tsx'
import classes from './FilterBar.module.css'

type Props = {
  value: string
  /** Called 200 ms after the last key, so that a word costs one question to the server and not six. */
  onSearch: (words: string) => void
  /** Enter: the words as they stand, for "open what is called exactly so". */
  onEnter?: (words: string) => void
  /** What can be found: "Number, name, SKU or tracking". */
  label: string
}

export function SearchField({ value, onSearch, onEnter, label }: Props) {
  const { t } = useLingui()
  const [text, setText] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef(0)
  useEffect(() => setText(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  useShortcut({ keys: '/', label: t`Search`, group: t`List`, run: () => field.current?.focus() })
  const search = (words: string, wait: number) => {
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => onSearch(words.trim()), wait)
  }
  return (
    <div className={classes.search}>
      <Icon name="search" size={14} />
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          search(event.currentTarget.value, 200)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') {
            search(text, 0)
            onEnter?.(text.trim())
          }
          if (event.key !== 'Escape') return
          if (text) {
            setText('')
            search('', 0)
          } else field.current?.blur()
          event.stopPropagation()
        }}
      />
      {!text && (
        <span aria-hidden="true">
          <kbd>/</kbd>
        </span>
      )}
    </div>
  )
}
