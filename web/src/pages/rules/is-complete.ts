import { type Condition, type Group, isGroup, type Leaf, type Rule } from './useRules.ts'

/** Whether everything that must be said is said; the server asks the same. */
export const isComplete = ({ condition, actions }: Pick<Rule, 'condition' | 'actions'>): boolean =>
  isWhole(condition) &&
  actions.every((action) => {
    if (action.do === 'tag') return action.tag.trim() !== ''
    return action.do === 'hold' ? action.reason.trim() !== '' : action.supplierId !== ''
  })

export const isWhole = (node: Condition | Group): boolean =>
  node.of.every((part) => (isGroup(part) ? part.of.length > 0 && isWhole(part) : isSaid(part)))

function isSaid(leaf: Leaf): boolean {
  if ('tag' in leaf) return leaf.tag.trim() !== ''
  if ('value' in leaf) return leaf.value.trim() !== ''
  return 'values' in leaf ? leaf.values.length > 0 : true
}
