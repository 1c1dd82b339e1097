import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import classes from './CopyField.module.css'

type Props = { label: string; value: string; code?: boolean; several?: boolean }

/**
 * Something to take along, such as a link or a secret, and a button that copies it. Without https a browser gives no
 * clipboard: then the text is selected, to be copied by hand. Where several stand together, each button says which is its.
 */
export function CopyField({ label, value, code, several }: Props) {
  const { t } = useLingui()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    field.current?.select()
    await navigator.clipboard?.writeText(value)
    setCopied(Boolean(navigator.clipboard))
  }
  return (
    <div className={classes.row}>
      <TextInput
        ref={field}
        label={label}
        value={value}
        readOnly
        {...(code && { classNames: { input: classes.code! } })}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button {...(several && { variant: 'default', 'aria-label': t`Copy: ${label}` })} onClick={() => void copy()}>
        {copied ? t`Copied` : t`Copy`}
      </Button>
    </div>
  )
}
