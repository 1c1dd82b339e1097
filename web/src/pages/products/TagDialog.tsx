import { Plural, useLingui } from '@lingui/react/macro'
import { Button, Modal, MultiSelect } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { ProblemNote } from '../../ui/states.tsx'
import { TagInput } from '../../ui/TagInput.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './ProductsPage.module.css'
import { type Product, useProductTags } from './useProducts.ts'

type Props = { products: Product[]; onClose: () => void; onDone: () => void }

/** Adds tags to the products chosen and takes tags off them. */
export function TagDialog({ products, onClose, onDone }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const known = useProductTags().data?.map(({ tag }) => tag) ?? []
  const [add, setAdd] = useState<string[]>([])
  const [remove, setRemove] = useState<string[]>([])
  const worn = [...new Set(products.flatMap(({ tags }) => tags))].sort()
  const save = useMutation({
    mutationFn: () => api('POST /products/tags', { body: { productIds: products.map(({ id }) => id), add, remove } }),
    onSuccess: async ({ changed }) => {
      await client.invalidateQueries({ queryKey: ['products'] })
      toast.done(<Plural value={changed} one="# product has other tags now." other="# products have other tags now." />)
      onDone()
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={<Plural value={products.length} one="Tags of # product" other="Tags of # products" />}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className={classes.stack}>
        {save.isError && <ProblemNote problem={save.error} />}
        <TagInput
          label={t`Add`}
          value={add}
          onChange={setAdd}
          known={known}
          help={t`Enter ends a tag; a comma may be part of it.`}
        />
        <MultiSelect
          label={t`Take off`}
          data={worn}
          value={remove}
          onChange={setRemove}
          searchable
          disabled={worn.length === 0}
          placeholder={remove.length ? undefined : t`Choose tags`}
        />
        <div>
          <Button
            loading={save.isPending}
            disabled={add.length + remove.length === 0}
            onClick={() => save.mutate()}
          >{t`Save`}</Button>
        </div>
      </div>
    </Modal>
  )
}
