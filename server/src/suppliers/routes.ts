import type { Handlers } from '#kernel/routes.ts'
import { changeSupplier } from './commands/change-supplier.ts'
import { createSupplier } from './commands/create-supplier.ts'
import type { suppliersContract } from './contract.ts'
import { getSupplier, listSuppliers } from './queries/suppliers.ts'

export const suppliersHandlers: Handlers<typeof suppliersContract> = {
  listSuppliers: ({ tx, query }) => listSuppliers(tx, query.archived ?? false),
  getSupplier: ({ tx, params }) => getSupplier(tx, params.id),
  createSupplier: async ({ tx, body }) => getSupplier(tx, await createSupplier(tx, body)),
  changeSupplier: ({ tx, params, version, body }) => changeSupplier(tx, params.id, version, body),
}
