import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import type { ReasonCode } from '../../words.ts'

/** Why a file, a row or a cell was not taken, in the reader's language, by its code. */
const reasonWords: Record<ReasonCode, MessageDescriptor> = {
  // the file
  file_empty: msg({
    message: 'The file is empty. Choose a file with a row of headings and at least one row under it.',
  }),
  file_no_rows: msg({ message: 'The file has headings but no row under them, so there is nothing to import.' }),
  file_too_big: msg({ message: 'The file has {size} bytes and the limit is {limit}. Split it and import the parts.' }),
  files_full: msg({
    message:
      'The files that this account has imported take {count} MB of {limit} MB, so this one of {size} MB was not kept. A file is removed 30 days after its import. Wait, send a smaller one, or ask whoever runs the server for more room.',
  }),
  file_too_many_rows: msg({ message: 'The file has more than {limit} rows. Split it and import the parts.' }),
  file_image: msg({ message: 'This is an image, not a CSV file.' }),
  file_pdf: msg({ message: 'This is a PDF, not a CSV file.' }),
  file_html: msg({
    message:
      'This is a web page, not a CSV file. Perhaps the download link led to a sign-in page: sign in there and download again.',
  }),
  file_xml: msg({ message: 'This is an XML file, not a CSV file.' }),
  file_json: msg({ message: 'This is a JSON file, not a CSV file.' }),
  file_spreadsheet: msg({
    message:
      'This is a spreadsheet workbook, whatever its name ends with. Open it and save it as “CSV UTF-8”, then choose that file.',
  }),
  file_archive: msg({ message: 'This is a compressed archive. Unpack it and choose the CSV file inside.' }),
  file_gone: msg({ message: 'The file is no longer kept here. Choose it again.' }),
  file_binary: msg({ message: 'This file does not hold text, so it is not a CSV file.' }),
  file_cut_off: msg({
    message:
      'A quotation mark opened in the row at line {line} is never closed: the file is cut off, or the mark is one too many. Correct it and choose the file again.',
  }),
  file_row_too_large: msg({
    message:
      'The row at line {line} is longer than {limit} characters. Perhaps a quotation mark in it is never closed, or the delimiter is another.',
  }),
  files_full_here: msg({
    message: 'There is no room for this file at the moment. Send a smaller one, or ask your host.',
  }),
  // the mapping
  mapping_field_missing: msg({ message: 'No column is chosen for “{field}”, which every row needs.' }),
  mapping_field_unknown: msg({ message: 'There is no field “{field}” to import into.' }),
  mapping_field_later: msg({ message: '“{field}” cannot be imported yet. Leave its column out.' }),
  mapping_column_unknown: msg({ message: 'The file has no column {column}.' }),
  mapping_column_twice: msg({
    message: 'The column “{column}” is chosen twice, for “{field}” and “{other}”. One column fills one field.',
  }),
  mapping_fields_clash: msg({
    message: '“{field}” and “{other}” say the same thing in two ways. Choose a column for one of them.',
  }),
  // the row
  row_long: msg({
    message:
      'The row has {cells} cells and the headings are {headings}. Perhaps a text holds the delimiter without quotation marks.',
  }),
  row_short: msg({ message: 'The row ends before this column: it has {cells} cells and the headings are {headings}.' }),
  row_cut_off: msg({
    message: 'The file ends in the middle of this row. Check that it is complete and choose it again.',
  }),
  // the order
  order_has_bad_row: msg({ message: 'Order {order} has a bad row at line {line}, so none of its rows was imported.' }),
  order_contradicts: msg({
    message: 'Order {order} says “{other}” at line {first} and “{value}” here. One order has one value for it.',
  }),
  order_without_lines: msg({ message: 'Order {order} has no line: no row of it names a SKU.' }),
  order_too_long: msg({
    message: 'Order {order} has {rows} rows and the limit is {limit}. Perhaps another column holds the order number.',
  }),
  order_cancelled: msg({ message: 'Order {order} was cancelled on {value}. Cancelled orders are not imported.' }),
  shipped_in_future: msg({
    message:
      'The day of shipping, “{value}”, lies after tomorrow. Correct it, or leave it empty: the order then comes in as open.',
  }),
  shipped_before_ordered: msg({
    message: 'Order {order} was placed on “{other}”, so it cannot have been shipped on “{value}”.',
  }),
  duplicate_sku: msg({
    message: 'The SKU “{value}” already stands at line {line} of this file. A product is one row.',
  }),
  duplicate_barcode: msg({
    message: 'The barcode “{value}” already stands at line {line} of this file. A code means one product.',
  }),
  // the cell
  required: msg({ message: 'This must not be empty.' }),
  too_long: msg({ message: 'This has {length} characters and the limit is {limit}.' }),
  unreadable_text: msg({
    message:
      '“{value}” holds characters that cannot be read. Perhaps the file is in another encoding: choose it under Format.',
  }),
  spreadsheet_error: msg({ message: '“{value}” is an error message of a spreadsheet, not a value. Correct the cell.' }),
  damaged_number: msg({
    message:
      'A spreadsheet has shortened this to “{value}” and the other digits are lost. Format the column as text, enter it again and save.',
  }),
  formula: msg({ message: '“{value}” looks like a spreadsheet formula, not like a code. Enter the code itself.' }),
  not_a_number: msg({ message: '“{value}” is not a number.' }),
  decimal_mark: msg({
    message:
      '“{value}” does not fit the decimal mark of this file. Choose the other one under Format, or correct the cell.',
  }),
  negative: msg({ message: '“{value}” is less than zero.' }),
  too_many_decimals: msg({ message: '“{value}” has more than {limit} decimals.' }),
  number_too_big: msg({ message: '“{value}” is more than {limit}.' }),
  not_whole: msg({ message: '“{value}” is not a whole number.' }),
  quantity_zero: msg({ message: 'The quantity is zero. Leave the row out, or enter 1 or more.' }),
  rate_over_one: msg({
    message: '“{value}” is more than 1 (100 %). If the column holds percents or amounts, choose that field for it.',
  }),
  percent_over_hundred: msg({
    message: '“{value}” is more than 100 %. If the column holds amounts, choose that field for it.',
  }),
  discount_over_price: msg({ message: 'The discount “{value}” is more than the line costs.' }),
  line_total_uneven: msg({ message: '“{value}” cannot be shared among {quantity} units without losing cents.' }),
  currency_unknown: msg({ message: '“{value}” is not a currency. Write its three letters, such as EUR.' }),
  currency_differs: msg({ message: '“{value}” is not in {currency}, the currency of this order.' }),
  not_a_weight: msg({
    message: '“{value}” is not a weight. Write a number above zero with its unit, such as 350 g or 1.2 kg.',
  }),
  weight_without_unit: msg({
    message:
      '“{value}” does not say in what it is weighed. Name the unit in the heading, such as “Weight (g)”, or beside the number.',
  }),
  not_a_date: msg({ message: '“{value}” is not a date.' }),
  date_order: msg({
    message:
      '“{value}” does not fit the order of day, month and year chosen for this file. Choose it under Format, or correct the cell.',
  }),
  no_such_day: msg({ message: '“{value}” is a day that does not exist.' }),
  date_is_serial: msg({
    message: '“{value}” is the number a spreadsheet keeps for a day. Format the column as a date and save.',
  }),
  date_implausible: msg({ message: '“{value}” lies before 1900 or after 2100.' }),
  country_unknown: msg({
    message: '“{value}” is not a country we know. Write its name in English or French, or its two letters.',
  }),
  not_an_email: msg({ message: '“{value}” is not an e-mail address.' }),
  phone_is_email: msg({ message: '“{value}” looks like an e-mail address, not a phone number.' }),
  not_a_phone: msg({ message: '“{value}” is not a phone number.' }),
  not_yes_or_no: msg({ message: '“{value}” is neither yes nor no.' }),
  payment_unknown: msg({ message: '“{value}” does not say whether the order is paid. Write yes or no.' }),
  // what is no reason to refuse anything, but to be known before
  warn_column_later: msg({ message: 'The column “{column}” is kept for later: its values are not imported yet.' }),
  warn_column_ignored: msg({ message: 'The column “{column}” is ignored.' }),
  warn_stock_ignored: msg({
    message:
      'The column “{column}” says how much stock there is: it is ignored, and no stock changes. To add stock, send a stock transfer.',
  }),
  warn_column_hosts: msg({ message: 'The column “{column}” is for your host to fill: it is ignored.' }),
  warn_weighed: msg({
    message: '{count} products were weighed by your host, first “{value}” at line {line}: the measured weight stays.',
  }),
  warn_no_payment: msg({ message: 'The file has no payment facts: its orders come in as payable.' }),
  warn_no_prices: msg({ message: 'The file has no prices: its orders come in with amounts of zero.' }),
  warn_no_dates: msg({ message: 'The file has no order dates: its orders come in with the date of today.' }),
  warn_no_dates_shipped: msg({
    message:
      'The file has no order dates: its orders come in with the date of today, those already shipped with the day they left.',
  }),
  warn_shipped: msg({
    message:
      'Orders that come in as already shipped: {count}; with what the carrier charged: {costs}. Nobody is told, and no rule looks at them.',
  }),
  warn_shipped_known: msg({
    message:
      '{count} orders with a day of shipping are here already, first {value} at line {line}. They stay as they are.',
  }),
  warn_cost_without_shipment: msg({
    message:
      '{count} orders have a carrier cost but no day of shipping, first {value} at line {line}: there is no shipment to carry it. They come in as open orders, without it.',
  }),
  warn_tracking_without_shipment: msg({
    message:
      '{count} orders have a tracking number but no day of shipping, first {value} at line {line}: there is no parcel to carry it. They come in as open orders, without it.',
  }),
  warn_costs_not_yours: msg({
    message: 'Your role may not record what carriers charge: the orders come in as shipped, without their costs.',
  }),
  warn_skus_unknown: msg({
    message:
      '{count} lines name a SKU that is no product here, first “{value}” at line {line}. They come in and are marked for you to map.',
  }),
  warn_barcodes_elsewhere: msg({
    message:
      '{count} barcodes are on another product already, first “{value}” at line {line}. They stay there, and the rest of the row comes in.',
  }),
  warn_numbers_elsewhere: msg({
    message:
      '{count} order numbers stand in another store too, first {value} at line {line}. Each comes in as an order of its own.',
  }),
}

type Reason = { code: string; params: Record<string, string | number>; message: string }

/** The sentence of a reason; one that this page does not know yet is shown as the server wrote it. */
export function useReason() {
  const { i18n } = useLingui()
  return ({ code, params, message }: Reason) =>
    code in reasonWords ? i18n._({ ...reasonWords[code as ReasonCode], values: params }) : message
}

// Where a cause is named for many rows, what differs from row to row is left open.
const names =
  'size limit field column other cells headings order line first rows length currency quantity count costs value'
const open = Object.fromEntries(names.split(' ').map((name) => [name, '…']))

/** The sentence of a cause, for all the rows it is met in. */
export function useCause() {
  const { i18n } = useLingui()
  return (code: string) => (code in reasonWords ? i18n._({ ...reasonWords[code as ReasonCode], values: open }) : code)
}
