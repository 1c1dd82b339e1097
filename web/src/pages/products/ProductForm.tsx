import { useLingui } from '@lingui/react/macro'
import { Checkbox, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Controller } from 'react-hook-form'
import { api } from '../../api.ts'
import { useCan, useMe } from '../../me.ts'
import { FormConflicts } from '../../ui/form/Conflicts.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextAreaField, TextField } from '../../ui/form/fields.tsx'
import { useEdit } from '../../ui/form/useEdit.ts'
import { TagInput } from '../../ui/TagInput.tsx'
import { toast } from '../../ui/toast.ts'
import { RecordHistory } from '../audit/RecordHistory.tsx'
import { barcodesText, readBarcodes } from './barcodes.ts'
import classes from './ProductsPage.module.css'
import { amountText, readAmount } from './unit-amount.ts'
import { type Product, useProductTags } from './useProducts.ts'

type Values = {
  sku: string
  name: string
  description: string
  barcodes: string
  weight: string
  price: string
  cost: string
  tags: string[]
  discontinued: boolean
}

/** Creates a product, or changes one; what somebody else changed meanwhile is not overwritten. */
export function ProductForm({ product, onClose }: { product: Product | null; onClose: () => void }) {
  const { t } = useLingui()
  const can = useCan()
  const client = useQueryClient()
  const known = useProductTags().data?.map(({ tag }) => tag) ?? []
  const { currency: house } = useMe().account
  const currencyOf = (which: 'price' | 'cost') => product?.[which]?.currency ?? house
  const begun: Values = {
    sku: product?.sku ?? '',
    name: product?.name ?? '',
    description: product?.description ?? '',
    barcodes: barcodesText(product?.barcodes ?? []),
    weight: product?.weightGrams ? String(product.weightGrams) : '',
    price: amountText(product?.price),
    cost: amountText(product?.cost),
    tags: product?.tags ?? [],
    discontinued: product?.discontinued ?? false,
  }
  const { conflicts, save } = useEdit(product?.version ?? 0, begun, (value, path) =>
    path === 'price' || path === 'cost'
      ? amountText(value as Product['price'])
      : path === 'barcodes'
        ? barcodesText(value as Product['barcodes'])
        : (value ?? ''),
  )
  const toBody = ({ sku: _sku, barcodes, weight, price, cost, ...rest }: Partial<Values>) => ({
    ...rest,
    ...(barcodes === undefined ? {} : { barcodes: readBarcodes(barcodes) ?? [] }),
    ...(weight === undefined ? {} : { weightGrams: Number(weight) || null }),
    ...(price === undefined || !can('products:prices') ? {} : { price: readAmount(price, currencyOf('price')) }),
    ...(cost === undefined || !can('products:costs') ? {} : { cost: readAmount(cost, currencyOf('cost')) }),
  })
  const submit = async (values: Values) => {
    const saved = product
      ? await save(values, (changed, version) =>
          api('PATCH /products/:id', { params: { id: product.id }, version, body: toBody(changed) }),
        )
      : await api('POST /products', { body: { ...toBody(values), sku: values.sku, name: values.name } })
    if (!saved) return
    await client.invalidateQueries({ queryKey: ['products'] })
    toast.done(product ? t`${product.sku} is changed.` : t`${values.sku} was created.`)
    onClose()
  }
  const labels: Record<string, string> = {
    name: t`Name`,
    tags: t`Tags`,
    price: t`Price (${currencyOf('price')})`,
    cost: t`Cost (${currencyOf('cost')})`,
    barcodes: t`Barcodes`,
    weight: t`Weight (g)`,
    description: t`Description`,
    discontinued: t`Discontinued: no longer sold`,
  }
  const isAmount = (text: string) => readAmount(text, house) !== undefined || t`Write an amount such as 12.50.`
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={product ? t`Product ${product.sku}` : t`New product`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Form<Values>
        defaultValues={begun}
        onSubmit={submit}
        action={product ? t`Save` : t`Create product`}
        onCancel={onClose}
      >
        <FormConflicts
          conflicts={conflicts}
          label={(path) => labels[path] ?? path}
          shown={(value) => (Array.isArray(value) ? value.join(' · ') : String(value))}
        />
        {!product && <TextField name="sku" label={t`SKU`} required data-autofocus maxLength={100} />}
        <TextField name="name" label={t`Name`} required maxLength={300} />
        <Controller<Values, 'tags'>
          name="tags"
          render={({ field }) => (
            <TagInput
              label={t`Tags`}
              help={t`Enter ends a tag; a comma may be part of it.`}
              value={field.value}
              onChange={field.onChange}
              known={known}
            />
          )}
        />
        <div className={classes.pair}>
          {can('products:prices') && (
            <TextField
              name="price"
              label={t`Price (${currencyOf('price')})`}
              inputMode="decimal"
              rules={{ validate: isAmount }}
            />
          )}
          {can('products:costs') && (
            <TextField
              name="cost"
              label={t`Cost (${currencyOf('cost')})`}
              inputMode="decimal"
              rules={{ validate: isAmount }}
            />
          )}
        </div>
        <TextAreaField
          name="barcodes"
          label={t`Barcodes`}
          help={t`One a line. Where a code stands for several, how many: 14006381333938 × 12`}
          rows={2}
          rules={{
            validate: (text: string) => readBarcodes(text) !== undefined || t`Write each code once, with at least 1.`,
          }}
        />
        <TextField
          name="weight"
          label={t`Weight (g)`}
          help={
            product?.weightGrams && !product.weighed
              ? t`As its owner says. What you enter counts as measured.`
              : undefined
          }
          inputMode="numeric"
          rules={{ validate: (text: string) => /^\d{0,8}$/.test(text.trim()) || t`Write whole grams.` }}
        />
        <TextAreaField name="description" label={t`Description`} rows={2} />
        <Controller<Values, 'discontinued'>
          name="discontinued"
          render={({ field }) => (
            <Checkbox
              label={t`Discontinued: no longer sold`}
              checked={field.value}
              onChange={(event) => field.onChange(event.currentTarget.checked)}
            />
          )}
        />
      </Form>
      {product && <RecordHistory kind="product" id={product.id} />}
    </Modal>
  )
}
