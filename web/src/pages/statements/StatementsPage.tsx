import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { PageHeader } from '../../ui/PageHeader.tsx'
import classes from '../clients/clients.module.css'
import { StatementView } from './StatementView.tsx'

const route = getRouteApi('/in/statements')

/** What the host did for the client in a month. */
export default function StatementsPage() {
  const { t } = useLingui()
  const { month } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader
        title={t`Statements`}
        explanation={t`What was received, shipped and stored for you, month by month.`}
      />
      <div className={classes.body}>
        <StatementView month={month} onMonth={(next) => void navigate({ search: { month: next } })} />
      </div>
    </>
  )
}
