import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { Icon } from '../../ui/Icon.tsx'
import classes from './Rules.module.css'
import type { Action, Names } from './useRules.ts'

type Props = { value: Action[]; onChange: (actions: Action[]) => void; names: Names }

const begun = {
  assign: { do: 'assign', supplierId: '', lines: 'matching' },
  tag: { do: 'tag', tag: '' },
  hold: { do: 'hold', reason: '' },
} as const satisfies Record<Action['do'], Action>

/** What is done with an order that meets the condition, one after the other. */
export function ActionsEditor({ value, onChange, names }: Props) {
  const { t } = useLingui()
  const set = (at: number, action: Action) => onChange(value.map((one, place) => (place === at ? action : one)))
  return (
    <fieldset className={classes.group} aria-label={t`What is done`}>
      {value.map((action, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: actions have no name, and each draws all it holds
        <div key={at} className={classes.row}>
          <Select
            w={150}
            aria-label={t`What is done`}
            data={[
              { value: 'assign', label: t`Assign` },
              { value: 'tag', label: t`Add a tag` },
              { value: 'hold', label: t`Hold` },
            ]}
            value={action.do}
            allowDeselect={false}
            onChange={(verb) => verb && set(at, begun[verb as Action['do']])}
          />
          <Details value={action} onChange={(changed) => set(at, changed)} names={names} />
          {value.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t`Take this action away`}
              onClick={() => onChange(value.filter((_, place) => place !== at))}
            >
              <Icon name="close" />
            </ActionIcon>
          )}
        </div>
      ))}
      <div className={classes.more}>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => onChange([...value, begun.tag])}
        >{t`Add an action`}</Button>
      </div>
    </fieldset>
  )
}

function Details({ value, onChange, names }: { value: Action; onChange: (action: Action) => void; names: Names }) {
  const { t } = useLingui()
  if (value.do === 'tag') {
    return (
      <TextInput
        flex={1}
        miw={180}
        aria-label={t`Tag`}
        placeholder={t`Tag`}
        maxLength={200}
        value={value.tag}
        onChange={(event) => onChange({ ...value, tag: event.currentTarget.value })}
      />
    )
  }
  if (value.do === 'hold') {
    return (
      <TextInput
        flex={1}
        miw={180}
        aria-label={t`Reason`}
        placeholder={t`Reason`}
        maxLength={500}
        value={value.reason}
        onChange={(event) => onChange({ ...value, reason: event.currentTarget.value })}
      />
    )
  }
  return (
    <>
      <Select
        w={180}
        aria-label={t`Which lines`}
        data={[
          { value: 'matching', label: t`those lines` },
          { value: 'all', label: t`all lines of the order` },
        ]}
        value={value.lines}
        allowDeselect={false}
        onChange={(lines) => lines && onChange({ ...value, lines: lines as 'matching' | 'all' })}
      />
      <Select
        flex={1}
        miw={180}
        searchable
        aria-label={t`Supplier`}
        placeholder={t`Supplier`}
        data={names.suppliers.filter(({ archived }) => !archived).map(({ id, name }) => ({ value: id, label: name }))}
        value={value.supplierId || null}
        onChange={(supplierId) => onChange({ ...value, supplierId: supplierId ?? '' })}
      />
    </>
  )
}
