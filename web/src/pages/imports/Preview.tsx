import { useLingui } from '@lingui/react/macro'
import classes from './Imports.module.css'
import { Table } from './Table.tsx'
import type { Import } from './useImport.ts'

/** The first five rows, read as chosen above. */
export function Preview({ draft }: { draft: Import }) {
  const { t } = useLingui()
  return (
    <Table
      label={t`The first five rows`}
      dense
      head={draft.columns.map(({ index, heading }) => (
        <th key={index} scope="col">
          {heading || '—'}
        </th>
      ))}
    >
      {draft.preview.map((cells, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place
        <tr key={row}>
          {draft.columns.map(({ index }) => (
            <td key={index}>
              <span className={classes.cell}>{cells[index] ?? ''}</span>
            </td>
          ))}
        </tr>
      ))}
    </Table>
  )
}
