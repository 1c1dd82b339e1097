import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { Empty, ProblemNote, ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './SuppliersPage.module.css'
import { proposalQuery } from './useSuppliers.ts'

type Proposed = ResponseOf<'GET /suppliers/proposal'>['items'][number]

/** What the tags `supplier:NAME` propose: each a row to take or leave, its name to change; one click makes all that is taken. */
export function ProposalDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const proposal = useQuery({ ...proposalQuery, staleTime: 0 })
  return (
    <Modal
      opened
      onClose={onClose}
      size={860}
      title={t`Suppliers proposed from tags`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {proposal.isPending && <Skeleton lines={8} />}
      {proposal.isError && !proposal.data && (
        <ProblemState problem={proposal.error} onRetry={() => void proposal.refetch()} />
      )}
      {proposal.data?.length === 0 && (
        <Empty icon="tag" title={t`No product has a tag supplier:NAME`}>
          {t`Tag your products with supplier: and the supplier's name, then come back.`}
        </Empty>
      )}
      {proposal.data && proposal.data.length > 0 && <Review items={proposal.data} onClose={onClose} />}
    </Modal>
  )
}

function Review({ items, onClose }: { items: Proposed[]; onClose: () => void }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const client = useQueryClient()
  const open = items.filter(({ ruleExists }) => !ruleExists)
  const [chosen, setChosen] = useState(() => new Set(open.map(({ tag }) => tag)))
  const [names, setNames] = useState<Record<string, string>>({})
  const toggle = (tag: string) =>
    setChosen((before) => new Set(before.has(tag) ? [...before].filter((one) => one !== tag) : [...before, tag]))
  const fresh = open.filter(({ tag, supplierId }) => chosen.has(tag) && supplierId === null).length
  const create = useMutation({
    mutationFn: () => {
      const taken = open.filter(({ tag }) => chosen.has(tag))
      const body = { chosen: taken.map(({ tag, name }) => ({ tag, name: names[tag]?.trim() || name })) }
      return api('POST /suppliers/proposal', { body })
    },
    onSuccess: async ({ suppliers, rules }) => {
      await client.invalidateQueries({ queryKey: ['suppliers'] })
      await client.invalidateQueries({ queryKey: ['rules'] })
      toast.done(
        <Trans>
          Created: <Plural value={suppliers} one="# supplier" other="# suppliers" />,{' '}
          <Plural value={rules} one="# rule" other="# rules" />.
        </Trans>,
      )
      onClose()
    },
  })
  return (
    <>
      <p className={classes.quiet}>
        {t`Each row you take becomes a supplier with a rule: if any line has the tag, those lines are assigned to it. Orders that are here already go to them when you run the rules.`}
      </p>
      {create.isError && <ProblemNote problem={create.error} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <section className={classes.proposal} aria-label={t`Proposed suppliers`} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>
                <Checkbox
                  aria-label={t`Take all`}
                  checked={open.length > 0 && chosen.size === open.length}
                  indeterminate={chosen.size > 0 && chosen.size < open.length}
                  disabled={open.length === 0}
                  onChange={() => setChosen(new Set(chosen.size === open.length ? [] : open.map(({ tag }) => tag)))}
                />
              </th>
              <th>{t`Tag`}</th>
              <th>{t`Supplier's name`}</th>
              <th data-number>{t`Products`}</th>
              <th>{t`What happens`}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.tag}>
                <td>
                  <Checkbox
                    aria-label={t`Take ${item.name}`}
                    checked={chosen.has(item.tag)}
                    disabled={item.ruleExists}
                    onChange={() => toggle(item.tag)}
                  />
                </td>
                <td>{item.tag}</td>
                <td>
                  {item.supplierId ? (
                    item.name
                  ) : (
                    <TextInput
                      size="xs"
                      aria-label={t`Name of the supplier for ${item.tag}`}
                      value={names[item.tag] ?? item.name}
                      maxLength={200}
                      onChange={({ currentTarget: { value } }) =>
                        setNames((before) => ({ ...before, [item.tag]: value }))
                      }
                    />
                  )}
                </td>
                <td data-number>{number(item.products)}</td>
                <td>
                  {item.ruleExists ? t`Is there already` : item.supplierId ? t`New rule` : t`New supplier and rule`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className={classes.foot}>
        <Button loading={create.isPending} disabled={chosen.size === 0} onClick={() => create.mutate()}>
          <Trans>
            Create <Plural value={fresh} one="# supplier" other="# suppliers" /> and{' '}
            <Plural value={chosen.size} one="# rule" other="# rules" />
          </Trans>
        </Button>
        <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
      </div>
    </>
  )
}
