import { useLingui } from '@lingui/react/macro'
import { Button, NativeSelect, Popover, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../api.ts'
import { ProblemNote } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './Imports.module.css'
import type { Import } from './useImport.ts'

type Props = { draft: Import; onChoose: (mappingId: string) => void }

/** Uses a mapping that was kept under a name, or keeps this one. */
export function KeptMappings({ draft, onChoose }: Props) {
  const { t } = useLingui()
  return (
    <div className={classes.kept}>
      {draft.mappings.length > 0 && (
        <NativeSelect
          aria-label={t`Use a kept mapping`}
          value=""
          data={[
            { value: '', label: t`Use a kept mapping` },
            ...draft.mappings.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => event.target.value && onChoose(event.target.value)}
        />
      )}
      <KeepByName draft={draft} />
    </div>
  )
}

function KeepByName({ draft }: { draft: Import }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const keep = useMutation({
    mutationFn: (name: string) => api('POST /import-mappings', { body: { importId: draft.id, name } }),
    onSuccess: ({ name }) => {
      setOpen(false)
      toast.done(t`The mapping is kept as “${name}”.`)
      return client.invalidateQueries({ queryKey: ['imports', draft.id] })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    keep.mutate(String(new FormData(event.currentTarget).get('name')))
  }
  return (
    <Popover opened={open} onChange={setOpen} trapFocus returnFocus position="bottom-end" width={300}>
      <Popover.Target>
        <Button variant="default" onClick={() => setOpen(!open)}>{t`Keep this mapping`}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Keep this mapping`}>
        <form onSubmit={submit} className={classes.keep}>
          {keep.isError && <ProblemNote problem={keep.error} />}
          <TextInput
            name="name"
            label={t`Name`}
            description={t`The next file with these headings can use it. The same name again replaces it.`}
            maxLength={80}
            required
            withAsterisk={false}
            data-autofocus
          />
          <Button type="submit" loading={keep.isPending}>{t`Keep`}</Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
