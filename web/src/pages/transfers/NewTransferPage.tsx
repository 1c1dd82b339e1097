import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/form/fields.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { suppliersQuery } from '../suppliers/useSuppliers.ts'
import { LinesField, type LineValues, toLines } from './LinesField.tsx'
import classes from './TransferPage.module.css'
import { choicesQuery, useTransferStep } from './useTransfers.ts'

type Values = LineValues & { warehouseId: string; source: string; ownerId: string; expectedOn: string; note: string }

/** Announces goods: a client what he sends, the house what it orders or moves. */
export default function NewTransferPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const step = useTransferStep()
  const me = useMe()
  const isHouse = me.audience === 'staff'
  const { data: choices, error, isError, refetch } = useQuery(choicesQuery)
  const seesSuppliers = isHouse && me.permissions.includes('suppliers:read')
  const { data: suppliers } = useQuery({ ...suppliersQuery(false), enabled: seesSuppliers })
  const create = async (values: Values) => {
    const [kind, sourceId] = values.source.split(':')
    const source = kind === 'warehouse' ? { fromWarehouseId: sourceId! } : { supplierId: sourceId! }
    const made = await step(
      api('POST /transfers', {
        body: {
          warehouseId: values.warehouseId,
          lines: toLines(values),
          expectedOn: values.expectedOn || null,
          note: values.note.trim(),
          ...(isHouse ? { ...source, ownerId: values.ownerId } : {}),
        },
      }),
    )
    await navigate(paths.transfer(made.id))
  }
  const back = <Link {...paths.transfers()}>{t`Stock transfers`}</Link>
  const warehouses = choices?.warehouses.map(({ id, name }) => ({ value: id, label: name })) ?? []
  const house = choices?.owners.find(({ kind }) => kind === 'self')
  return (
    <>
      <PageHeader
        back={back}
        title={t`New stock transfer`}
        explanation={
          isHouse
            ? t`What comes from a supplier or another warehouse. Stock rises when it is received.`
            : t`Say what you send and where to. Your stock rises when it has been received.`
        }
      />
      <div className={classes.narrow}>
        {isError && !choices && <ProblemState problem={error} onRetry={() => void refetch()} />}
        {!choices && !isError && <Skeleton lines={6} />}
        {choices && warehouses.length === 0 && (
          <Empty icon="truck" title={t`There is no warehouse you may send to`}>
            {t`Ask for access to one.`}
          </Empty>
        )}
        {choices && warehouses.length > 0 && (
          <Form<Values>
            guarded
            action={t`Create transfer`}
            onCancel={() => void navigate(paths.transfers())}
            onSubmit={create}
            defaultValues={{
              warehouseId: warehouses.length === 1 ? warehouses[0]!.value : '',
              source: '',
              ownerId: house?.id ?? '',
              expectedOn: '',
              note: '',
              lines: [{ sku: '', quantity: '' }],
            }}
          >
            {isHouse && (
              <SelectField
                name="source"
                label={t`From`}
                required
                searchable
                data={[
                  {
                    group: t`Suppliers`,
                    items: suppliers?.map(({ id, name }) => ({ value: `supplier:${id}`, label: name })) ?? [],
                  },
                  {
                    group: t`Warehouses`,
                    items: warehouses.map(({ value, label }) => ({ value: `warehouse:${value}`, label })),
                  },
                ]}
              />
            )}
            <SelectField name="warehouseId" label={t`Destination`} required data={warehouses} />
            {isHouse && choices.owners.length > 1 && (
              <SelectField
                name="ownerId"
                label={t`Whose goods`}
                required
                data={choices.owners.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
            <LinesField label={t`Lines`} />
            <TextField name="expectedOn" type="date" label={t`Expected on`} />
            <TextAreaField name="note" label={t`Note`} rows={2} />
          </Form>
        )}
      </div>
    </>
  )
}
