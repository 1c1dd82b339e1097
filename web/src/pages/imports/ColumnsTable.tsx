import { useLingui } from '@lingui/react/macro'
import { NativeSelect } from '@mantine/core'
import { useFormat } from '../../components/format.ts'
import { useMe } from '../../me.ts'
import { useFieldWord } from './field-words.ts'
import classes from './Imports.module.css'
import { Table } from './Table.tsx'
import type { Import, ImportChange } from './useImport.ts'

type Column = Import['columns'][number]
type Props = { draft: Import; onChoose: (columns: NonNullable<ImportChange['columns']>) => void }

/** Every column with samples of it and the field it fills; a field that moves leaves the column it filled before. */
export function ColumnsTable({ draft, onChoose }: Props) {
  const { t } = useLingui()
  const isHouse = useMe().audience === 'staff'
  const word = useFieldWord(draft.kind)
  const required = draft.fields.filter((field) => field.required)
  const optional = draft.fields.filter((field) => !field.required && !field.later)
  const options = (fields: Import['fields']) => fields.map((field) => ({ value: field.key, label: word(field) }))
  const choose = (column: Column, key: string) => {
    const field = draft.fields.find((one) => one.key === key)
    const rivals = draft.columns.filter((one) => {
      const other = draft.fields.find((known) => known.key === one.field)
      return one.index !== column.index && one.ignored === null && sayTheSame(field, other)
    })
    onChoose([
      { index: column.index, field: field?.key ?? null },
      ...rivals.map(({ index }) => ({ index, field: null })),
    ])
  }
  return (
    <Table
      label={t`Columns and fields`}
      head={
        <>
          <th scope="col">{t`Column`}</th>
          <th scope="col">{t`Samples`}</th>
          <th scope="col">{t`Fills`}</th>
          <th scope="col">{t`Why`}</th>
        </>
      }
    >
      {draft.columns.map((column) => (
        <tr key={column.index}>
          <th scope="row">{column.heading || t`Column ${column.index + 1}`}</th>
          <td>
            <span className={classes.samples}>{column.samples.slice(0, 3).join(' · ') || '—'}</span>
          </td>
          <td className={classes.fills}>
            <NativeSelect
              aria-label={t`What ${column.heading || column.index + 1} fills`}
              value={column.ignored === null ? (column.field ?? '') : ''}
              data={[
                { value: '', label: column.ignored === 'later' && isHouse ? t`Kept for later` : t`Ignored` },
                { group: t`Every file needs`, items: options(required) },
                { group: t`If the file has it`, items: options(optional) },
              ]}
              onChange={(event) => choose(column, event.target.value)}
            />
          </td>
          <td>
            <Why column={column} />
          </td>
        </tr>
      ))}
    </Table>
  )
}

type Field = Import['fields'][number] | undefined
const sayTheSame = (one: Field, other: Field) =>
  one !== undefined &&
  other !== undefined &&
  (one.key === other.key || (one.group !== null && one.group === other.group))

/** How sure the proposal is, or why nothing is filled. */
function Why({ column }: { column: Column }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const isHouse = useMe().audience === 'staff'
  const percent = number(Math.round((column.confidence ?? 0) * 100))
  const words = {
    later: isHouse ? t`Known, but not imported yet` : t`No file of yours changes this`,
    taken: t`Another column fits better`,
    doubtful: t`Its values do not look like its heading`,
    empty: t`It is empty`,
    unknown: t`Its heading is not known`,
    chosen: t`Your choice`,
  }
  const text = column.ignored ? words[column.ignored] : column.confidence === null ? words.chosen : t`${percent}% sure`
  return <span className={classes.quiet}>{text}</span>
}
