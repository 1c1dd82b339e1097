import { countryCodes } from '#kernel/country-codes.ts'

// Names people write that Intl.DisplayNames does not give, as they stand after `plain`.
const otherNames: Record<string, string> = {
  AE: 'uae|emirates',
  AT: 'osterreich',
  BE: 'belgie|belgien',
  BN: 'brunei darussalam',
  BO: 'plurinational state of bolivia',
  BR: 'brasil',
  CD: 'democratic republic of the congo|dr congo|congo kinshasa|zaire',
  CG: 'republic of the congo|congo brazzaville',
  CH: 'schweiz|svizzera',
  CI: 'ivory coast|cote d ivoire',
  CV: 'cape verde|cabo verde',
  CZ: 'czech republic|czechia|republique tcheque|tchequie',
  DE: 'deutschland|federal republic of germany',
  DK: 'danmark',
  ES: 'espana',
  FI: 'suomi',
  GB: 'uk|united kingdom|great britain|britain|england|scotland|wales|northern ireland|angleterre|ecosse|pays de galles|irlande du nord|grande bretagne|united kingdom of great britain and northern ireland',
  GR: 'hellas',
  HK: 'hong kong',
  HU: 'magyarorszag',
  IE: 'eire|republic of ireland',
  IR: 'islamic republic of iran',
  IT: 'italia',
  JP: 'nippon',
  KP: 'north korea|democratic people s republic of korea',
  KR: 'south korea|republic of korea|korea',
  LA: 'laos|lao people s democratic republic',
  MD: 'republic of moldova',
  MK: 'macedonia|north macedonia|macedoine',
  MM: 'burma|birmanie',
  MO: 'macao|macau',
  NL: 'holland|hollande|nederland|netherlands|the netherlands',
  NO: 'norge',
  PL: 'polska',
  PS: 'palestine',
  RU: 'russian federation|federation de russie',
  SE: 'sverige',
  SY: 'syrian arab republic',
  SZ: 'swaziland',
  TL: 'east timor',
  TR: 'turkey|turkiye',
  TW: 'taiwan province of china',
  TZ: 'united republic of tanzania',
  US: 'usa|united states|united states of america|america|etats unis d amerique',
  VA: 'vatican|holy see',
  VE: 'bolivarian republic of venezuela',
  VN: 'viet nam',
}

const plain = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\bst\b\.?/g, 'saint')
    .replace(/&/g, 'and')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()

const byName = new Map<string, string>()
const english = new Intl.DisplayNames('en', { type: 'region' })
const french = new Intl.DisplayNames('fr', { type: 'region' })
for (const [code, three] of countryCodes) {
  const names = [code, three, english.of(code)!, french.of(code)!, ...(otherNames[code]?.split('|') ?? [])]
  for (const name of names) byName.set(plain(name), code)
}

/** The two letters of a country written as two or three letters (U.S.A. too) or by its English or French name. */
export function countryCode(name: string): string | undefined {
  const key = plain(name)
  return byName.get(key) ?? byName.get(key.replaceAll(' ', '')) ?? byName.get(key.replace(/^(the|la|le|les|l) /, ''))
}
