import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** What a file of orders should come to, counted while it is written. */
export interface Sums {
  orders: number
  lines: number
  quantity: number
  /** Of unit price by quantity, in minor units. */
  gross: number
}

const headings =
  'Order number,Order date,Customer,Ship to,Street,Postcode,City,Country,E-mail,Phone,SKU,Product,Quantity,Unit price,Shipping paid,Currency'

/** Writes a CSV of so many order lines, 2.6 an order, as a shop would: people, addresses, 5,000 products. */
export async function writeBigFile(path: string, lines: number, prefix = 'SO'): Promise<Sums> {
  const sums: Sums = { orders: 0, lines: 0, quantity: 0, gross: 0 }
  function* rows() {
    yield `${headings}\n`
    let piece = ''
    while (sums.lines < lines) {
      const order = sums.orders++
      const day = new Date(Date.UTC(2026, 0, 1) + Math.floor(order / 800) * 86_400_000).toISOString().slice(0, 10)
      const name = `Zoë Martin ${order % 9973}`
      const head = `${prefix}-${1_000_000 + order},${day},${name},${name},"${(order % 99) + 1} rue des Lilas, bât. ${order % 7}",69${String(order % 1000).padStart(3, '0')},Lyon,FR,buyer${order}@example.com,+33 4 72 ${String(order % 1_000_000).padStart(6, '0')}`
      const wanted = [1, 2, 3, 4, 3][order % 5]!
      for (let n = 0; n < wanted && sums.lines < lines; n++) {
        const product = (order * 7 + n * 13) % 5000
        const [quantity, price] = [((order + n) % 4) + 1, (product % 90) + 1]
        piece += `${head},SKU-${product},Product number ${product},${quantity},${price}.50,5.90,EUR\n`
        sums.lines++
        sums.quantity += quantity
        sums.gross += quantity * (price * 100 + 50)
      }
      if (piece.length < 60_000) continue
      yield piece
      piece = ''
    }
    yield piece
  }
  await pipeline(rows(), createWriteStream(path))
  return sums
}
