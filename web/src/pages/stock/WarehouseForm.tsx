import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { ApiProblem, api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormConflicts } from '../../ui/form/Conflicts.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { useEdit } from '../../ui/form/useEdit.ts'
import { toast } from '../../ui/toast.ts'
import classes from './stock.module.css'
import { useStockChanged, type Warehouse } from './useStock.ts'

const parts = ['name', 'line1', 'line2', 'postcode', 'city', 'region', 'country'] as const
type Values = Record<(typeof parts)[number], string>

/** Creates a warehouse or changes one, makes it the default, archives it when it is empty and takes it back. */
export function WarehouseForm({ warehouse, onClose }: { warehouse: Warehouse | null; onClose: () => void }) {
  const { t } = useLingui()
  const changed = useStockChanged()
  const begun = Object.fromEntries(parts.map((part) => [part, warehouse?.[part] ?? ''])) as Values
  const { conflicts, save } = useEdit(warehouse?.version ?? 0, begun, (value) => value ?? '')
  const done = async (sentence: string) => {
    await changed()
    toast.done(sentence)
    onClose()
  }
  const submit = async (given: Values) => {
    const values = { ...given, country: given.country.trim().toUpperCase() }
    const { name } = values
    if (!warehouse) {
      await api('POST /warehouses', { body: values })
      return await done(t`${name} was created.`)
    }
    const saved = await save(values, (fields, version) =>
      api('PATCH /warehouses/:id', { params: { id: warehouse.id }, version, body: fields }),
    )
    if (saved) await done(t`${name} is changed.`)
  }
  const step = async (body: { isDefault: true } | { archived: boolean }, sentence: string) => {
    try {
      await api('PATCH /warehouses/:id', { params: { id: warehouse!.id }, version: warehouse!.version, body })
      await done(sentence)
    } catch (problem) {
      const said = problem instanceof ApiProblem && problem.code === 'wrong_state'
      toast.failed(
        said
          ? t`There is stock in this warehouse, on its way to it, or waited for in it. Move or adjust that first.`
          : t`${warehouse!.name} could not be changed. Try again in a moment.`,
      )
    }
  }
  const labels: Values = {
    name: t`Name`,
    line1: t`Address`,
    line2: t`Address, continued`,
    postcode: t`Postcode`,
    city: t`City`,
    region: t`Region`,
    country: t`Country (two letters)`,
  }
  const isCountry = (text: string) => /^([a-z]{2})?$/i.test(text.trim()) || t`Write two letters, such as FR.`
  return (
    <Dialog title={warehouse?.name ?? t`New warehouse`} onClose={onClose}>
      <Form<Values>
        defaultValues={begun}
        onSubmit={submit}
        action={warehouse ? t`Save` : t`Create warehouse`}
        onCancel={onClose}
      >
        <FormConflicts conflicts={conflicts} label={(path) => labels[path as keyof Values] ?? path} />
        <TextField name="name" label={labels.name} required maxLength={200} data-autofocus />
        <TextField name="line1" label={labels.line1} maxLength={300} />
        <TextField name="line2" label={labels.line2} maxLength={300} />
        <div className={classes.pair}>
          <TextField name="postcode" label={labels.postcode} maxLength={40} />
          <TextField name="city" label={labels.city} maxLength={200} />
          <TextField name="region" label={labels.region} maxLength={200} />
          <TextField name="country" label={labels.country} maxLength={2} rules={{ validate: isCountry }} />
        </div>
      </Form>
      {warehouse && !warehouse.isDefault && (
        <div className={classes.foot}>
          {!warehouse.archived && (
            <Button
              variant="subtle"
              onClick={() => void step({ isDefault: true }, t`${warehouse.name} is the default now.`)}
            >{t`Make it the default`}</Button>
          )}
          <Button
            variant="subtle"
            color={warehouse.archived ? 'teal' : 'red'}
            onClick={() =>
              void step(
                { archived: !warehouse.archived },
                warehouse.archived ? t`${warehouse.name} is active again.` : t`${warehouse.name} is archived.`,
              )
            }
          >
            {warehouse.archived ? t`Take back from the archive` : t`Archive`}
          </Button>
        </div>
      )}
    </Dialog>
  )
}
