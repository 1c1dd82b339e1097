import { useLingui } from '@lingui/react/macro'
import { Button, Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Input, type ResponseOf } from '../../api.ts'
import { toast } from '../../ui/toast.ts'
import classes from './ExportForm.module.css'

type Preset = ResponseOf<'GET /orders/export-presets'>['presets'][number]
type Props = {
  presets: Preset[]
  /** What is chosen now, to be kept. */
  columns: Input<'PUT /orders/export-presets'>['body']['columns']
  onTake: (preset: Preset | undefined) => void
}

/** Choices of columns kept by name: taken up again, kept under a new name, forgotten. */
export function ExportPresets({ presets, columns, onTake }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [taken, setTaken] = useState<string | null>(null)
  const [name, setName] = useState('')
  const preset = presets.find(({ id }) => id === taken)
  const after = () => client.invalidateQueries({ queryKey: ['orders', 'export-presets'] })
  const take = (id: string | null) => {
    setTaken(id)
    const next = presets.find((one) => one.id === id)
    setName(next?.name ?? '')
    onTake(next)
  }
  const keep = async () => {
    const { id } = await api('PUT /orders/export-presets', { body: { name, columns } })
    await after()
    setTaken(id)
    toast.done(t`The columns are kept as ${name}.`)
  }
  const forget = async ({ id, name: old }: Preset) => {
    await api('DELETE /orders/export-presets/:id', { params: { id } })
    setTaken(null)
    await after()
    toast.done(t`${old} is forgotten.`)
  }
  return (
    <div className={classes.presets}>
      <Select
        label={t`Kept columns`}
        placeholder={presets.length ? t`Every column` : t`None kept yet`}
        data={presets.map(({ id, name: label }) => ({ value: id, label }))}
        value={taken}
        onChange={take}
        clearable
        clearButtonProps={{ 'aria-label': t`Every column` }}
      />
      <TextInput
        label={t`Keep these columns as`}
        placeholder={t`Name`}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={name.trim() === '' || columns.length === 0}
        onClick={() => void keep().catch(toast.problem)}
      >
        {t`Keep`}
      </Button>
      {preset && (
        <Button variant="subtle" color="gray" onClick={() => void forget(preset).catch(toast.problem)}>
          {t`Forget`}
        </Button>
      )}
    </div>
  )
}
