/** The 107 signs of Code 128 (ISO/IEC 15417) as the widths of their bars and gaps in turn; the last one ends a code. */
const signs = (
  '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211' +
  '221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113' +
  '132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121' +
  '312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211' +
  '221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141' +
  '114113114311411113411311113141114131311141411131211412211214211232'
).match(/.{6}/g)!
const startB = 104
const end = '2331112'

/**
 * A text of printable ASCII as a barcode: the widths of bars and gaps in turn, in modules, beginning with a bar. A quiet zone of ten
 * modules belongs on either side.
 * @throws RangeError for a character that Code 128 B does not have
 */
export function code128(text: string): number[] {
  const values = [...text].map((character) => {
    const value = character.charCodeAt(0) - 32
    if (value < 0 || value > 94 || character.length > 1)
      throw new RangeError(`no bars for ${JSON.stringify(character)}`)
    return value
  })
  const check = values.reduce((sum, value, index) => sum + value * (index + 1), startB) % 103
  const bars = [startB, ...values, check].map((value) => signs[value]!).join('') + end
  return [...bars].map(Number)
}
