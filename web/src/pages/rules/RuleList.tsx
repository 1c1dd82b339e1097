import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Switch } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './Rules.module.css'
import { type Rule, type Rules, rulesQuery } from './useRules.ts'
import { useRuleWords } from './useRuleWords.ts'

/** The rules in the order in which they run; each reads as a sentence and moves by its arrows. */
export function RuleList({ rules, onEdit }: { rules: Rules; onEdit?: (rule: Rule) => void }) {
  const { t } = useLingui()
  const words = useRuleWords(rules)
  const client = useQueryClient()
  const list = useRef<HTMLOListElement>(null)
  const moved = useRef<string | null>(null)
  // A row that moves takes the focus of its arrow with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each new order
  useEffect(() => {
    if (moved.current) list.current?.querySelector<HTMLElement>(`[data-arrow="${moved.current}"]`)?.focus()
    moved.current = null
  }, [rules.items])
  const change = async (items: Rule[], send: () => Promise<unknown>) => {
    client.setQueryData(rulesQuery.queryKey, { ...rules, items })
    try {
      await send()
    } catch {
      toast.failed(t`The rule could not be changed. Try again in a moment.`)
    }
    await client.invalidateQueries({ queryKey: rulesQuery.queryKey })
  }
  const move = (rule: Rule, by: 1 | -1) => {
    const to = rules.items.indexOf(rule) + by
    const items = rules.items.filter((one) => one !== rule)
    items.splice(to, 0, rule)
    const isLast = by === 1 ? to === items.length - 1 : to === 0
    moved.current = `${isLast ? -by : by} ${rule.id}`
    const body = { position: to + 1 }
    void change(items, () => api('POST /rules/:id/move', { params: { id: rule.id }, body }))
  }
  const enable = (rule: Rule, enabled: boolean) =>
    void change(
      rules.items.map((one) => (one === rule ? { ...rule, enabled } : one)),
      () => api('PATCH /rules/:id', { params: { id: rule.id }, version: rule.version, body: { enabled } }),
    )
  const remove = async (rule: Rule, place: number) => {
    const { name, enabled, condition, actions, stopAfter } = rule
    await change(
      rules.items.filter((one) => one !== rule),
      () => api('DELETE /rules/:id', { params: { id: rule.id } }),
    )
    const restore = async () => {
      const body = { name, enabled, condition, actions, stopAfter, position: place + 1 }
      await api('POST /rules', { body }).catch(() => toast.failed(t`The rule could not be brought back.`))
      await client.invalidateQueries({ queryKey: rulesQuery.queryKey })
    }
    toast.undoable(t`The rule “${name}” is deleted.`, () => void restore())
  }
  const passedOver = (rule: Rule) =>
    rule.actions.some((action) => {
      const supplier = action.do === 'assign' && rules.suppliers.find(({ id }) => id === action.supplierId)
      return action.do === 'assign' && (!supplier || supplier.archived)
    })
  return (
    <ol ref={list} className={classes.list} aria-label={t`Rules in the order in which they run`}>
      {rules.items.map((rule, place) => (
        <li key={rule.id} className={classes.rule} data-off={!rule.enabled || undefined}>
          <span className={classes.place}>{place + 1}</span>
          {onEdit ? (
            <Switch
              size="sm"
              aria-label={t`Rule ${rule.name} is on`}
              checked={rule.enabled}
              onChange={(event) => enable(rule, event.currentTarget.checked)}
            />
          ) : (
            <span>
              {rule.enabled ? t({ message: 'On', context: 'a rule' }) : t({ message: 'Off', context: 'a rule' })}
            </span>
          )}
          <div className={classes.words}>
            <strong>{rule.name}</strong>
            <p>{words.sentence(rule)}</p>
            {passedOver(rule) && (
              <p className={classes.warning}>
                <Icon name="warning" size={14} /> {t`Passed over: its supplier is archived.`}
              </p>
            )}
          </div>
          <span className={classes.hits}>
            <Plural value={rule.hits} one="# order in 7 days" other="# orders in 7 days" />
            {rule.lastHitAt && (
              <small>
                <Trans>
                  last <DateText value={rule.lastHitAt} withTime />
                </Trans>
              </small>
            )}
          </span>
          {onEdit && (
            <span className={classes.tools}>
              <Tool
                name="up"
                label={t`Move ${rule.name} up`}
                arrow={`-1 ${rule.id}`}
                off={place === 0}
                run={() => move(rule, -1)}
              />
              <Tool
                name="down"
                label={t`Move ${rule.name} down`}
                arrow={`1 ${rule.id}`}
                off={place === rules.items.length - 1}
                run={() => move(rule, 1)}
              />
              <Tool name="settings" label={t`Edit ${rule.name}`} run={() => onEdit(rule)} />
              <Tool name="close" label={t`Delete ${rule.name}`} run={() => void remove(rule, place)} />
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

type ToolProps = {
  name: 'up' | 'down' | 'settings' | 'close'
  label: string
  run: () => void
  arrow?: string
  off?: boolean
}

function Tool({ name, label, run, arrow, off }: ToolProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      data-arrow={arrow}
      disabled={off}
      onClick={run}
    >
      <Icon name={name} />
    </ActionIcon>
  )
}
