import { msg } from '@lingui/core/macro'

/** How a line of an order stands with its goods. */
export const lineStockWords = {
  inStock: msg`In stock`,
  outOfStock: msg`Out of stock`,
  allocated: msg({ message: 'Allocated', context: 'a line of an order' }),
  backordered: msg({ message: 'Backordered', context: 'a line of an order' }),
}
