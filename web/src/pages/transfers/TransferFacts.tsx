import { useLingui } from '@lingui/react/macro'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import { Facts, Section } from '../../ui/Section.tsx'
import type { Transfer } from './useTransfers.ts'

export function TransferFacts({ transfer }: { transfer: Transfer }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const { from, warehouse, carrier, tracking, cartons, expectedOn, createdBy, note, confirmations, differs } = transfer
  return (
    <Section title={t`Transfer`}>
      <Facts
        facts={[
          [t`From`, from],
          [t`Destination`, warehouse.name],
          [t`Carrier`, carrier],
          [t`Tracking`, tracking],
          [t`Cartons`, cartons === null ? '' : number(cartons)],
          [t`Expected`, expectedOn && <DateText value={expectedOn} />],
          [t`Created by`, createdBy],
          [t`Announced`, transfer.unannounced && t`no: it came unannounced`],
          [t`Note`, note],
          [
            t`Differences`,
            differs &&
              (confirmations.length === 0
                ? t`not confirmed yet`
                : t`confirmed by ${confirmations.map(({ actor }) => actor).join(', ')}`),
          ],
        ]}
      />
    </Section>
  )
}
