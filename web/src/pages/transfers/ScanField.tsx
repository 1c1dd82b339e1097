import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import classes from './TransferPage.module.css'
import type { TransferLine } from './useTransfers.ts'

/** One field that a scanner types into: each code counts one unit of the line it stands on, and says so. */
export function ScanField({ lines, onScanned }: { lines: TransferLine[]; onScanned: (line: TransferLine) => void }) {
  const { t } = useLingui()
  const [code, setCode] = useState('')
  const [heard, setHeard] = useState<{ code: string; line?: TransferLine | undefined }>()
  const scan = (event: FormEvent) => {
    event.preventDefault()
    const read = code.trim()
    if (read === '') return
    const line = lines.find(({ sku, barcodes }) => sku === read || barcodes.includes(read))
    setHeard({ code: read, line })
    setCode('')
    if (line) onScanned(line)
  }
  return (
    <form className={classes.scan} onSubmit={scan}>
      <TextInput
        autoFocus
        size="md"
        label={t`Scan`}
        description={t`Barcode or SKU; each scan counts one.`}
        value={code}
        autoComplete="off"
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <div className={classes.heard} data-wrong={(heard && !heard.line) || undefined} role="status">
        {heard && (heard.line ? `+1 ${heard.line.name}` : t`${heard.code} is not on this transfer.`)}
      </div>
    </form>
  )
}
