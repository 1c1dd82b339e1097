import { useLingui } from '@lingui/react/macro'
import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Conflicts } from '../../ui/form/Conflicts.tsx'
import { useEdit } from '../../ui/form/useEdit.ts'
import { ProblemNote } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { RecordHistory } from '../audit/RecordHistory.tsx'
import { ActionsEditor } from './ActionsEditor.tsx'
import { ConditionEditor } from './ConditionEditor.tsx'
import { ConditionTest } from './ConditionTest.tsx'
import { isComplete, isWhole } from './is-complete.ts'
import { OrderTest } from './OrderTest.tsx'
import classes from './Rules.module.css'
import { type Names, type Rule, rulesQuery } from './useRules.ts'
import { useRuleWords } from './useRuleWords.ts'

type Draft = Pick<Rule, 'name' | 'condition' | 'actions' | 'stopAfter'>
const newRule: Draft = {
  name: '',
  condition: { match: 'all', of: [{ about: 'line_tag', lines: 'any', tag: '' }] },
  actions: [{ do: 'assign', supplierId: '', lines: 'matching' }],
  stopAfter: false,
}

/** Makes a rule or changes one; it reads as a sentence while it is made, and says which orders it would have met. */
export function RuleEditor({ rule, names, onClose }: { rule: Rule | null; names: Names; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const words = useRuleWords(names)
  const [begun] = useState<Draft>(() => {
    const { name, condition, actions, stopAfter } = rule ?? newRule
    return { name, condition, actions, stopAfter }
  })
  const [draft, setDraft] = useState(begun)
  const edit = useEdit(rule?.version ?? 0, begun, (value) => value)
  const [asked, setAsked] = useState(false)
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const complete = isComplete(draft)
  const labels: Record<string, string> = {
    name: t`Name`,
    condition: t`When an order arrives, and if`,
    actions: t`then`,
    stopAfter: t`Stop after this: rules below do not see the orders that it meets`,
  }
  const save = useMutation({
    mutationFn: async () => {
      const { condition, actions, stopAfter } = draft
      const name = draft.name.trim() || words.condition(condition).slice(0, 200) || t`Every order`
      const body = { name, condition, actions, stopAfter }
      const saved = rule
        ? await edit.save(body, (changed, version) =>
            api('PATCH /rules/:id', { params: { id: rule.id }, version, body: changed }),
          )
        : await api('POST /rules', { body })
      return { name, saved }
    },
    onSuccess: async ({ name, saved }) => {
      if (!saved) return
      await client.invalidateQueries({ queryKey: rulesQuery.queryKey })
      toast.done(
        rule ? t`The rule “${name}” is changed.` : t`The rule “${name}” was created. It runs when orders arrive.`,
      )
      onClose()
    },
  })
  const close = async () => {
    const left =
      draft === begun ||
      (await confirm({
        title: t`Leave without saving?`,
        body: t`What you changed here is not saved yet.`,
        action: t`Leave`,
      }))
    if (left) onClose()
  }
  const submit = () => {
    setAsked(true)
    if (complete) save.mutate()
  }
  return (
    <Modal
      opened
      onClose={() => void close()}
      closeOnClickOutside={false}
      size={820}
      title={rule ? t`Edit the rule` : t`New rule`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form
        className={classes.editor}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
        }}
      >
        {save.isError && <ProblemNote problem={save.error} />}
        <Conflicts
          conflicts={edit.conflicts}
          label={(part) => labels[part] ?? part}
          shown={(value, part) =>
            part === 'name' ? String(value) : words.sentence({ ...draft, [part]: value } as Draft)
          }
          current={(part) => draft[part as keyof Draft]}
          onChoose={(part, value) => change({ [part]: value })}
        />
        <TextInput
          label={t`Name`}
          description={t`Left empty, it is called after its condition.`}
          value={draft.name}
          maxLength={200}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <div>
          <h3 className={classes.heading}>{t`When an order arrives, and if`}</h3>
          <ConditionEditor value={draft.condition} onChange={(condition) => change({ condition })} names={names} />
        </div>
        <div>
          <h3 className={classes.heading}>{t`then`}</h3>
          <ActionsEditor value={draft.actions} onChange={(actions) => change({ actions })} names={names} />
        </div>
        <Checkbox
          label={t`Stop after this: rules below do not see the orders that it meets`}
          checked={draft.stopAfter}
          onChange={(event) => change({ stopAfter: event.currentTarget.checked })}
        />
        {complete ? (
          <p className={classes.sentence}>{words.sentence(draft)}</p>
        ) : (
          <p className={classes.sentence} role={asked ? 'alert' : undefined}>
            {t`Fill every part of the rule: what is compared with what, and to whom lines go.`}
          </p>
        )}
        <ConditionTest condition={draft.condition} />
        {isWhole(draft.condition) && <OrderTest condition={draft.condition} names={names} />}
        {rule && <RecordHistory kind="rule" id={rule.id} />}
        <div className={classes.foot}>
          <Button type="submit" loading={save.isPending}>
            {rule ? t`Save` : t`Create rule`}
          </Button>
          <Button variant="default" onClick={() => void close()}>{t`Cancel`}</Button>
        </div>
      </form>
    </Modal>
  )
}
