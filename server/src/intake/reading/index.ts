export { checkOrders, type OrdersFile, type Survey, surveyOrders } from './check-orders.ts'
export { checkProducts, type ProductsFile } from './check-products.ts'
export { dateOrders, delimiters, encodings } from './choices.ts'
export { type Field, fields, plainHeading } from './fields.ts'
export { guessFormat, headSize } from './formats.ts'
export { type KeptMapping, keepMapping, type MappingFault, mappingFaults, recallMapping } from './mapping.ts'
export { currencyDecimals } from './numbers.ts'
export { lineTotal } from './order-money.ts'
export { type ProposedColumn, proposedMapping, proposeMapping } from './propose-mapping.ts'
export { readTable } from './read-rows.ts'
export { FileRefused, type Params, type ReasonCode, reasons, sentence } from './reasons.ts'
export type {
  Checked,
  Format,
  FormatGuess,
  Kind,
  LineDraft,
  Mapping,
  Micros,
  OrderDraft,
  ProductDraft,
  Refusal,
  Row,
} from './types.ts'
export { meansStock } from './weight.ts'
export { largestFile, refuseWrongFile } from './wrong-file.ts'
