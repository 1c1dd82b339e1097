import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { ResponseOf } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import { StatusDot } from '../../components/StatusDot.tsx'
import { paths } from '../../paths.ts'
import classes from './Imports.module.css'
import { Table } from './Table.tsx'
import { importStates, kindWords } from './words.ts'

type Props = { imports: ResponseOf<'GET /imports'>['items'] }

export function ImportHistory({ imports }: Props) {
  const { t, i18n } = useLingui()
  const { number } = useFormat()
  if (imports.length === 0) {
    return (
      <p className={classes.quiet}>
        {t`None yet. What you import is listed here with what came in and what was refused; a file half done waits here.`}
      </p>
    )
  }
  return (
    <Table
      label={t`Files imported earlier`}
      head={
        <>
          <th scope="col">{t`File`}</th>
          <th scope="col">{t`Kind`}</th>
          <th scope="col">{t`State`}</th>
          <th scope="col" data-align="end">{t`Created`}</th>
          <th scope="col" data-align="end">{t`Changed`}</th>
          <th scope="col" data-align="end">{t`There already`}</th>
          <th scope="col" data-align="end">{t`Refused`}</th>
          <th scope="col">{t`Begun`}</th>
        </>
      }
    >
      {imports.map((item) => (
        <tr key={item.id}>
          <th scope="row">
            <Link {...paths.import(item.id)}>{item.fileName}</Link>
          </th>
          <td>{i18n._(kindWords[item.kind])}</td>
          <td>
            <StatusDot look={importStates[item.state]} code={item.state} />
          </td>
          <td data-align="end">{number(item.created)}</td>
          <td data-align="end">{number(item.changed)}</td>
          <td data-align="end">{number(item.unchanged)}</td>
          <td data-align="end">{number(item.rejected)}</td>
          <td>
            <DateText value={item.createdAt} withTime />
          </td>
        </tr>
      ))}
    </Table>
  )
}
