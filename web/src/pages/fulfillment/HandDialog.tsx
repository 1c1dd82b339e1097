import { Plural, useLingui } from '@lingui/react/macro'
import { Modal } from '@mantine/core'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField } from '../../ui/form/fields.tsx'
import { ProblemNote } from '../../ui/states.tsx'
import { useAssignees, useHand, useSayHanded } from './useAssignees.ts'

type Props = {
  ids: string[]
  /** Whose it is to ship: only people of the same company can have it. Left out: the reader's own. */
  supplierId?: string | null
  /** Who has it now. */
  assigneeId?: string | undefined
  onClose: () => void
  onDone: () => Promise<unknown>
}

/** Gives parts of orders to one person: who sees only what is his own sees them from then on. */
export function HandDialog({ ids, supplierId, assigneeId, onClose, onDone }: Props) {
  const { t } = useLingui()
  const people = useAssignees()
  const hand = useHand()
  const say = useSayHanded(onDone)
  const fit = (people.data?.items ?? []).filter((one) => supplierId === undefined || one.supplierId === supplierId)
  const save = async ({ memberId }: { memberId: string | null }) => {
    const handed = await hand(ids, memberId)
    const name = fit.find(({ id }) => id === memberId)?.name
    say(name ? t`Given to ${name}.` : t`Nobody has it now.`, handed)
    onClose()
    await onDone()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={<Plural value={ids.length} one="Give to a person" other="Give # to a person" />}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {people.isError && <ProblemNote problem={people.error} />}
      <Form<{ memberId: string | null }>
        defaultValues={{ memberId: assigneeId ?? null }}
        action={t`Save`}
        onSubmit={save}
        onCancel={onClose}
      >
        <SelectField
          name="memberId"
          label={t`Person`}
          help={t`Left empty, nobody in particular has it.`}
          data={fit.map(({ id, name }) => ({ value: id, label: name }))}
          searchable
        />
      </Form>
    </Modal>
  )
}
