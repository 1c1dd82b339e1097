/** ISO 3166 as two and three letters, with Kosovo's user-assigned XK. */
const iso = `
  ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB
  BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR
  BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR
  CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK
  FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS
  GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN
  ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO
  LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
  MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER
  NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
  PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP
  SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF
  TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY
  UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKXKX YEYEM YTMYT ZAZAF ZMZMB ZWZWE`

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
for (const [pair] of iso.matchAll(/\w+/g)) {
  const code = pair.slice(0, 2)
  const names = [code, pair.slice(2), english.of(code)!, french.of(code)!, ...(otherNames[code]?.split('|') ?? [])]
  for (const name of names) byName.set(plain(name), code)
}

/** The two letters of a country written as two or three letters (U.S.A. too) or by its English or French name. */
export function countryCode(name: string): string | undefined {
  const key = plain(name)
  return byName.get(key) ?? byName.get(key.replaceAll(' ', '')) ?? byName.get(key.replace(/^(the|la|le|les|l) /, ''))
}
