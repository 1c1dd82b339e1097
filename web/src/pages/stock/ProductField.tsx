import { useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller } from 'react-hook-form'
import { api } from '../../api.ts'

/** A product by a part of its SKU or name, or by a scanned barcode. */
export function ProductField() {
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  const { data = [] } = useQuery({
    queryKey: ['products', 'choice', typed],
    queryFn: async ({ signal }) => {
      const scanned = typed === '' ? [] : (await api('GET /products/by-code', { query: { code: typed }, signal })).items
      if (scanned.length > 0)
        return scanned.map(({ productId, sku, name }) => ({ value: productId, label: `${sku} · ${name}` }))
      const { items } = await api('GET /products', { query: { q: typed, limit: 20 }, signal })
      return items.map(({ id, sku, name }) => ({ value: id, label: `${sku} · ${name}` }))
    },
    placeholderData: keepPreviousData,
  })
  return (
    <Controller
      name="productId"
      rules={{ required: t`Choose a product.` }}
      render={({ field, fieldState }) => (
        <Select
          ref={field.ref}
          label={t`Product`}
          description={t`Type a part of its SKU or name, or scan its barcode.`}
          data={data}
          filter={({ options }) => options}
          searchable
          value={field.value || null}
          onChange={(value) => field.onChange(value ?? '')}
          onSearchChange={(text) => {
            if (!data.some(({ label }) => label === text)) setTyped(text.trim())
          }}
          nothingFoundMessage={t`No product matches`}
          error={fieldState.error?.message}
          data-autofocus
        />
      )}
    />
  )
}
