import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { apiUrl } from '../../api.ts'
import { useCan, useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { FilterBar, type FilterField } from '../../ui/filter/FilterBar.tsx'
import { SelectionBar } from '../../ui/filter/SelectionBar.tsx'
import { useNarrow } from '../../ui/grid/Cards.tsx'
import { ColumnMenu } from '../../ui/grid/ColumnMenu.tsx'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import { useGrid } from '../../ui/grid/useGrid.ts'
import { useSelection } from '../../ui/grid/useSelection.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState } from '../../ui/states.tsx'
import { ProductCard } from './ProductCard.tsx'
import { ProductForm } from './ProductForm.tsx'
import classes from './ProductsPage.module.css'
import type { ProductsSearch } from './routes.ts'
import { TagDialog } from './TagDialog.tsx'
import { useProductColumns } from './useProductColumns.tsx'
import { type Product, useOwners, useProducts, useProductTags } from './useProducts.ts'
import { useStockOf } from './useStockOf.ts'

const route = getRouteApi('/in/products')
const idOf = (row: Product) => row.id

export default function ProductsPage() {
  const { t, i18n } = useLingui()
  const language = i18n.locale === 'fr' ? 'fr' : 'en'
  const can = useCan()
  const edits = can('products:edit')
  const me = useMe()
  const ofHouse = me.audience === 'staff'
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (change: ProductsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const { pages, rows } = useProducts(search)
  const tags = useProductTags(ofHouse)
  const owners = useOwners()
  const tagField: FilterField = {
    id: 'tag',
    label: t`Tag`,
    kind: 'options',
    single: true,
    options: tags.data?.map(({ tag, products }) => ({ value: tag, label: `${tag} (${products})` })) ?? [],
  }
  const ownerField: FilterField[] =
    owners.length > 0
      ? [
          {
            id: 'clientId',
            label: t`Client`,
            kind: 'options',
            single: true,
            options: owners.map(({ id, name }) => ({ value: id, label: name })),
          },
        ]
      : []
  const stock = useStockOf(rows, search.q, !ofHouse)
  const grid = useGrid({
    name: `products.${me.user.id}`,
    columns: useProductColumns(ofHouse ? undefined : stock.data, owners),
    rows,
    rowId: idOf,
  })
  const selection = useSelection(useMemo(() => rows.map(idOf), [rows]))
  const [form, setForm] = useState<Product | 'new' | null>(null)
  const [tagging, setTagging] = useState(false)
  const narrow = useNarrow()
  const create = (
    <>
      {!ofHouse && can('stock:read') && !me.viewing && (
        <Button variant="default" component="a" href={apiUrl('GET /stock/export', { query: { language } })} download>
          {t`Download as CSV`}
        </Button>
      )}
      {!ofHouse && can('products:import') && (
        <Button renderRoot={(props) => <Link {...paths.imports()} {...props} />}>{t`Import products`}</Button>
      )}
      {edits && <Button onClick={() => setForm('new')}>{t`New product`}</Button>}
    </>
  )
  return (
    <div className={classes.page}>
      <PageHeader
        title={t`Products`}
        explanation={
          ofHouse
            ? t`What is sold. Tags on products are carried to the orders that hold them, where rules read them.`
            : t`Your products, and how many of each there are in the warehouses you use.`
        }
        action={create}
      />
      {!ofHouse && can('transfers:create') && (
        <p className={classes.note}>
          <Trans>
            To add stock, <Link {...paths.newTransfer()}>send a stock transfer</Link>.
          </Trans>
        </p>
      )}
      {selection.ids.size > 0 ? (
        <SelectionBar count={selection.ids.size} onClear={selection.clear}>
          <Button variant="default" onClick={() => setTagging(true)}>{t`Tags`}</Button>
        </SelectionBar>
      ) : (
        <FilterBar
          search={{ label: t`SKU or name`, value: search.q ?? '', onSearch: (q) => go({ q: q || undefined }) }}
          fields={ofHouse ? [...ownerField, tagField] : []}
          values={{
            tag: search.tag ? [search.tag] : undefined,
            clientId: search.clientId ? [search.clientId] : undefined,
          }}
          onChange={(field, values) => go({ [field]: values?.[0] })}
          onClear={() => go({ tag: undefined, clientId: undefined })}
          end={(ofHouse || !narrow) && <ColumnMenu grid={grid} />}
        />
      )}
      {pages.isError && !pages.data ? (
        <ProblemState problem={pages.error} onRetry={() => void pages.refetch()} />
      ) : (
        <DataGrid
          grid={grid}
          label={t`Products`}
          card={ofHouse ? undefined : (row) => <ProductCard product={row} stock={stock.data} />}
          rowLabel={(row) => t`product ${row.sku}`}
          selection={edits ? selection : undefined}
          onOpen={edits ? setForm : undefined}
          filterKey={JSON.stringify(search)}
          loading={pages.isPending}
          refreshing={pages.isFetching && !pages.isPending}
          onEndReached={pages.hasNextPage && !pages.isFetching ? () => void pages.fetchNextPage() : undefined}
          empty={
            search.q || search.tag || search.clientId ? (
              <Empty
                icon="search"
                title={t`No product matches`}
                action={
                  <Button variant="default" onClick={() => go({ q: undefined, tag: undefined, clientId: undefined })}>
                    {t`Clear search and filters`}
                  </Button>
                }
              >{t`Check the spelling, or take the filter away.`}</Empty>
            ) : (
              <Empty icon="products" title={t`No products yet`}>
                {ofHouse
                  ? t`Import a file of products, or create them one by one. Orders find theirs by the SKU.`
                  : t`Import a file of your products. Orders find theirs by the SKU.`}
              </Empty>
            )
          }
        />
      )}
      {form && <ProductForm product={form === 'new' ? null : form} onClose={() => setForm(null)} />}
      {tagging && (
        <TagDialog
          products={rows.filter(({ id }) => selection.ids.has(id))}
          onClose={() => setTagging(false)}
          onDone={selection.clear}
        />
      )}
    </div>
  )
}
