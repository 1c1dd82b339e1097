/** The encodings a person can choose; the first ones are what files come in most. */
export const encodings = [
  'utf-8',
  'windows-1252',
  'utf-16le',
  'utf-16be',
  'macintosh',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const

/** The delimiters a person can choose. */
export const delimiters = [',', ';', '\t', '|'] as const

/** The orders of day, month and year a person can choose. */
export const dateOrders = ['ymd', 'dmy', 'mdy'] as const
