export { checkOrders, surveyOrders } from './check-orders.ts'
export { checkProducts } from './check-products.ts'
export { type Field, fields, plainHeading } from './fields.ts'
export { guessFormat, headSize } from './formats.ts'
export { type KeptMapping, keepMapping, mappingFaults, recallMapping } from './mapping.ts'
export { currencyDecimals } from './numbers.ts'
export { lineTotal } from './order-money.ts'
export { proposedMapping, proposeMapping } from './propose-mapping.ts'
export { readTable } from './read-rows.ts'
export { FileRefused, type Params, type ReasonCode, sentence } from './reasons.ts'
export type {
  Checked,
  Format,
  FormatGuess,
  Kind,
  Mapping,
  Micros,
  OrderDraft,
  ProductDraft,
  Refusal,
} from './types.ts'
export { meansStock } from './weight.ts'
export { refuseWrongFile } from './wrong-file.ts'
