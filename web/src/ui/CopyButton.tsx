import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import classes from './CopyButton.module.css'
import { Icon } from './Icon.tsx'

/** Copies a value; `name` says which one, for those who hear the page: "Copy the order number". */
export function CopyButton({ value, name }: { value: string; name: string }) {
  const { t } = useLingui()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 1_500)
  }
  return (
    <button
      type="button"
      className={classes.copy}
      aria-label={t`Copy ${name}`}
      title={t`Copy ${name}`}
      onClick={(event) => {
        event.stopPropagation()
        void copy()
      }}
    >
      <Icon name={copied ? 'check' : 'copy'} size={14} />
      <span role="status" className="visually-hidden">
        {copied ? t`Copied` : ''}
      </span>
    </button>
  )
}
