import { useLingui } from '@lingui/react/macro'
import { useFormat } from '../../components/format.ts'
import { useCan } from '../../me.ts'
import classes from './SuppliersPage.module.css'
import type { Supplier } from './useSuppliers.ts'

/** Suppliers by name, with what each has to do; a zero is a dash, so that what needs a look stands out. */
export function SupplierTable({ suppliers, onOpen }: { suppliers: Supplier[]; onOpen?: (supplier: Supplier) => void }) {
  const { t } = useLingui()
  const can = useCan()
  return (
    // A table that is wider than its page is scrolled by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.frame} aria-label={t`Suppliers`} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t`Supplier`}</th>
            <th>{t`E-mail`}</th>
            <th data-number title={t`Fulfillment orders it has still to ship`}>{t`To ship`}</th>
            <th data-number title={t`Those whose ship-by day has passed`}>{t`Late`}</th>
            <th data-number title={t`Rejections that nobody has answered yet`}>
              {t({ message: 'Rejected', context: 'how many' })}
            </th>
            {can('users:read') && <th data-number>{t`Users`}</th>}
            {can('rules:read') && <th data-number>{t`Rules`}</th>}
          </tr>
        </thead>
        <tbody>
          {suppliers.map((supplier) => (
            <tr key={supplier.id}>
              <td>
                {onOpen ? (
                  <button type="button" className={classes.name} onClick={() => onOpen(supplier)}>
                    {supplier.name}
                  </button>
                ) : (
                  supplier.name
                )}
              </td>
              <td>{supplier.email ?? '—'}</td>
              <Figure value={supplier.open} />
              <Figure value={supplier.late} warn />
              <Figure value={supplier.rejected} warn />
              {can('users:read') && <Figure value={supplier.users ?? 0} />}
              {can('rules:read') && <Figure value={supplier.rules ?? 0} />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Figure({ value, warn = false }: { value: number; warn?: boolean }) {
  const { number } = useFormat()
  return (
    <td data-number className={warn && value > 0 ? classes.warn : undefined}>
      {value === 0 ? '—' : number(value)}
    </td>
  )
}
