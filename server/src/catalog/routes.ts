import { auditEach } from '#kernel/audit.ts'
import type { Handlers } from '#kernel/routes.ts'
import { changeProduct } from './commands/change-product.ts'
import { createProduct } from './commands/create-product.ts'
import { tagProducts } from './commands/tag-products.ts'
import type { catalogContract } from './contract.ts'
import { getProduct, listProducts, listProductTags, lookUpCode } from './queries/products.ts'

export const catalogHandlers: Handlers<typeof catalogContract> = {
  listProducts,
  getProduct: ({ tx, params }) => getProduct(tx, params.id),
  listProductTags: ({ tx }) => listProductTags(tx),
  lookUpCode: ({ tx, query }) => lookUpCode(tx, query.code, query.clientId),
  createProduct: ({ tx, body }) => createProduct(tx, body),
  changeProduct: ({ tx, params, version, body }) => changeProduct(tx, params.id, version, body),
  async tagProducts({ tx, body }) {
    const result = await tagProducts(tx, body)
    const changes = { add: body.add ?? [], remove: body.remove ?? [] }
    await auditEach(
      tx,
      'product.tagged',
      'product',
      body.productIds.map((id) => ({ id, changes })),
    )
    return result
  },
}
