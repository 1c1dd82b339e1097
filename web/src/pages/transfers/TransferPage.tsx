import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { TransferActions } from './TransferActions.tsx'
import { TransferComments } from './TransferComments.tsx'
import { TransferFacts } from './TransferFacts.tsx'
import { TransferLines } from './TransferLines.tsx'
import classes from './TransferPage.module.css'
import { TransferPhotos } from './TransferPhotos.tsx'
import { TransferStory } from './TransferStory.tsx'
import { TransferWay } from './TransferWay.tsx'
import { transferQuery } from './useTransfers.ts'

const route = getRouteApi('/in/transfers/$transferId')

/** One stock transfer; both sides read the same, and each finds the steps that are its own. */
export default function TransferPage() {
  const { t } = useLingui()
  const { data: transfer, error, isError, refetch } = useQuery(transferQuery(route.useParams().transferId))
  if (isError && !transfer) return <ProblemState problem={error} onRetry={() => void refetch()} />
  return (
    <>
      <PageHeader
        back={<Link {...paths.transfers()}>{t`Stock transfers`}</Link>}
        title={transfer ? t`Transfer ${transfer.number}` : t`Transfer`}
        explanation={transfer ? t`From ${transfer.from} to ${transfer.warehouse.name}` : ' '}
        action={transfer && <TransferActions transfer={transfer} />}
      />
      {transfer ? (
        <>
          <TransferWay transfer={transfer} />
          <div className={classes.columns}>
            <div>
              <TransferLines transfer={transfer} />
              <TransferPhotos transfer={transfer} />
              <TransferComments transfer={transfer} />
            </div>
            <div>
              <TransferFacts transfer={transfer} />
              <TransferStory transfer={transfer} />
            </div>
          </div>
        </>
      ) : (
        <div className={classes.columns}>
          <Skeleton lines={10} />
        </div>
      )}
    </>
  )
}
