import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useFormat } from '../../components/format.ts'
import { type Action, type Condition, type Group, isGroup, type Leaf, type Names, type Rule } from './useRules.ts'

/** Says a rule as a sentence in the reader's language, with names in place of ids. */
export function useRuleWords({ suppliers, stores }: Names) {
  const { t, i18n } = useLingui()
  const { country } = useFormat()
  const nameOf = (list: { id: string; name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? t`(gone)`
  const either = (words: string[]) => new Intl.ListFormat(i18n.locale, { type: 'disjunction' }).format(words)

  const leaf = (part: Leaf): string => {
    switch (part.about) {
      case 'line_tag': {
        const { tag } = part
        if (part.lines === 'any') return t`any line is tagged “${tag}”`
        return part.lines === 'all' ? t`every line is tagged “${tag}”` : t`no line is tagged “${tag}”`
      }
      case 'sku':
        return part.match === 'is' ? skuIs(part.lines, part.value) : skuBegins(part.lines, part.value)
      case 'order_tag':
        return part.has ? t`the order is tagged “${part.tag}”` : t`the order is not tagged “${part.tag}”`
      case 'country': {
        const names = either(part.values.map(country))
        return part.is === 'in' ? t`it goes to ${names}` : t`it does not go to ${names}`
      }
      case 'store': {
        const names = either(part.values.map((id) => nameOf(stores, id)))
        return part.is === 'in' ? t`the store is ${names}` : t`the store is not ${names}`
      }
      case 'service': {
        const names = either(part.values)
        return part.is === 'in' ? t`the service is ${names}` : t`the service is not ${names}`
      }
      case 'quantity':
        return plural(part.atLeast, {
          one: 'it has at least # unit',
          other: 'it has at least # units',
        })
      case 'line_count':
        return plural(part.atLeast, {
          one: 'it has at least # line',
          other: 'it has at least # lines',
        })
    }
  }
  const skuIs = (lines: 'any' | 'all' | 'none', sku: string) => {
    if (lines === 'any') return t`the SKU of any line is ${sku}`
    return lines === 'all' ? t`the SKU of every line is ${sku}` : t`the SKU of no line is ${sku}`
  }
  const skuBegins = (lines: 'any' | 'all' | 'none', sku: string) => {
    if (lines === 'any') return t`the SKU of any line begins with ${sku}`
    return lines === 'all' ? t`the SKU of every line begins with ${sku}` : t`the SKU of no line begins with ${sku}`
  }
  const condition = (node: Condition | Group): string => {
    const parts = node.of.map((part) => {
      if (!isGroup(part)) return leaf(part)
      return part.of.length > 1 ? `(${condition(part)})` : condition(part)
    })
    return parts.join(node.match === 'all' ? t` and ` : t` or `)
  }
  const action = (part: Action): string => {
    if (part.do === 'tag') return t`add the tag “${part.tag}”`
    if (part.do === 'hold') return t`hold it: “${part.reason}”`
    const supplier = nameOf(suppliers, part.supplierId)
    return part.lines === 'matching' ? t`assign those lines to ${supplier}` : t`assign all its lines to ${supplier}`
  }
  const sentence = (rule: Pick<Rule, 'condition' | 'actions' | 'stopAfter'>): string => {
    const actions = new Intl.ListFormat(i18n.locale).format(rule.actions.map(action))
    const met = condition(rule.condition)
    const said = met ? t`When an order arrives, if ${met}: ${actions}.` : t`When an order arrives: ${actions}.`
    // A name may end with its own full stop: "Formaggi Fortini s.r.l."
    const ended = said.replace(/\.\.$/, '.')
    return rule.stopAfter ? t`${ended} Then stop.` : ended
  }
  return { condition, leaf, action, sentence }
}
