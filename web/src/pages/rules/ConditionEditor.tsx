import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import { LeafEditor } from './LeafEditor.tsx'
import classes from './Rules.module.css'
import { type Condition, type Group, isGroup, type Leaf, type Names } from './useRules.ts'

const fresh: Leaf = { about: 'line_tag', lines: 'any', tag: '' }

type Props = { value: Condition; onChange: (condition: Condition) => void; names: Names }

/** All or any of these; a part may be a group of its own, nested once. */
export function ConditionEditor({ value, onChange, names }: Props) {
  const { t } = useLingui()
  return (
    <Parts
      label={t`Condition`}
      node={value}
      onChange={onChange}
      draw={(part, change) =>
        isGroup(part) ? (
          <Parts<Group>
            label={t`Group of conditions`}
            node={part}
            onChange={change}
            draw={(leaf, changeLeaf) => <LeafEditor value={leaf} onChange={changeLeaf} names={names} />}
            add={[[t`Add a condition`, fresh]]}
          />
        ) : (
          <LeafEditor value={part} onChange={change} names={names} />
        )
      }
      add={[
        [t`Add a condition`, fresh],
        [t`Add a group`, { match: 'any', of: [fresh] }],
      ]}
    />
  )
}

type PartOf<N extends Condition | Group> = N['of'][number]
type PartsProps<N extends Condition | Group> = {
  label: string
  node: N
  onChange: (node: N) => void
  draw: (part: PartOf<N>, change: (part: PartOf<N>) => void) => ReactNode
  add: [label: string, part: PartOf<N>][]
}

function Parts<N extends Condition | Group>({ label, node, onChange, draw, add }: PartsProps<N>) {
  const { t } = useLingui()
  const of = node.of as PartOf<N>[]
  const set = (parts: PartOf<N>[]) => onChange({ ...node, of: parts })
  return (
    <fieldset className={classes.group} aria-label={label}>
      {of.length > 1 && (
        <div className={classes.lead}>
          <SegmentedControl
            size="xs"
            aria-label={t`How they are joined`}
            value={node.match}
            onChange={(match) => onChange({ ...node, match: match as 'all' | 'any' })}
            data={[
              { value: 'all', label: t`All of these` },
              { value: 'any', label: t`Any of these` },
            ]}
          />
        </div>
      )}
      {of.length === 0 && <span className={classes.quiet}>{t`Every order.`}</span>}
      {of.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name, and each draws all it holds
        <div key={at} className={classes.row}>
          {draw(part, (changed) => set(of.map((one, place) => (place === at ? changed : one))))}
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t`Take this condition away`}
            onClick={() => set(of.filter((_, place) => place !== at))}
          >
            <Icon name="close" />
          </ActionIcon>
        </div>
      ))}
      <div className={classes.more}>
        {add.map(([text, part]) => (
          <Button
            key={text}
            size="xs"
            variant="subtle"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => set([...of, part])}
          >
            {text}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}
