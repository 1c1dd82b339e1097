import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useFormat } from '../../components/format.ts'
import classes from './TransferPage.module.css'
import type { TransferLine } from './useTransfers.ts'

type Props = { lines: TransferLine[]; onScanned: (line: TransferLine, units: number) => void }

/** One field that a scanner types into: each code counts what it stands for, one unit or a carton of them, and says so. */
export function ScanField({ lines, onScanned }: Props) {
  const { t } = useLingui()
  const { number } = useFormat()
  const [code, setCode] = useState('')
  const [heard, setHeard] = useState<{ code: string; line?: TransferLine | undefined; units: number }>()
  const scan = (event: FormEvent) => {
    event.preventDefault()
    const read = code.trim()
    if (read === '') return
    const line = lines.find(({ sku, barcodes }) => sku === read || barcodes.some((one) => one.code === read))
    const units = line?.barcodes.find((one) => one.code === read)?.quantity ?? 1
    setHeard({ code: read, line, units })
    setCode('')
    if (line) onScanned(line, units)
  }
  return (
    <form className={classes.scan} onSubmit={scan}>
      <TextInput
        autoFocus
        size="md"
        label={t`Scan`}
        description={t`Barcode or SKU; each scan counts one, that of a carton as many as it holds.`}
        value={code}
        autoComplete="off"
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <div className={classes.heard} data-wrong={(heard && !heard.line) || undefined} role="status">
        {heard &&
          (heard.line ? `+${number(heard.units)} ${heard.line.name}` : t`${heard.code} is not on this transfer.`)}
      </div>
    </form>
  )
}
