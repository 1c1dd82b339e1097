import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { StatusLook } from '../../components/statuses.ts'
import type { Step } from './steps.ts'
import type { Import, ImportKind, ImportState } from './useImport.ts'

export const kindWords: Record<ImportKind, MessageDescriptor> = { orders: msg`Orders`, products: msg`Products` }

export const stepWords: Record<Step, MessageDescriptor> = {
  upload: msg`Upload`,
  match: msg`Match`,
  check: msg`Check`,
  import: msg({ message: 'Import', context: 'the fourth step' }),
}

export const importStates: Record<ImportState, StatusLook> = {
  uploaded: { hue: 'grey', fill: 'hollow', word: msg`To be matched` },
  checking: { hue: 'purple', fill: 'half', word: msg`Being checked` },
  checked: { hue: 'blue', fill: 'hollow', word: msg`Checked` },
  running: { hue: 'purple', fill: 'half', word: msg`Running` },
  done: { hue: 'green', word: msg`Done` },
  cancelled: { hue: 'amber', fill: 'half', word: msg`Stopped` },
  failed: { hue: 'red', word: msg`Failed` },
}

type Format = Import['format']

/** The delimiters as one would name them. */
export const delimiterWords: Record<Format['delimiter'], MessageDescriptor> = {
  ',': msg`Comma`,
  ';': msg`Semicolon`,
  '\t': msg`Tab`,
  '|': msg`Vertical bar`,
}

export const dateOrderWords: Record<Format['dateOrder'], MessageDescriptor> = {
  ymd: msg`Year, month, day`,
  dmy: msg`Day, month, year`,
  mdy: msg`Month, day, year`,
}

/** By the names under which programs that save files offer them; those used most first. */
export const encodingNames: Record<Format['encoding'], string> = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  macintosh: 'Mac Roman',
  'iso-8859-15': 'ISO-8859-15',
  'windows-1250': 'Windows-1250',
  'windows-1251': 'Windows-1251',
  'windows-1253': 'Windows-1253',
  'windows-1254': 'Windows-1254',
  shift_jis: 'Shift JIS',
  'euc-jp': 'EUC-JP',
  gb18030: 'GB 18030',
  big5: 'Big5',
  'euc-kr': 'EUC-KR',
}

export const modeWords: Record<Import['mode'], MessageDescriptor> = {
  both: msg`Add new products and change known ones`,
  create: msg`Only add new products`,
  update: msg`Only change known products`,
}
