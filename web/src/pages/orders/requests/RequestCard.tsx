import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem, api } from '../../../api.ts'
import { DateText } from '../../../components/DateText.tsx'
import { paths } from '../../../paths.ts'
import { confirm } from '../../../ui/confirm.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Form } from '../../../ui/form/Form.tsx'
import { TextAreaField } from '../../../ui/form/fields.tsx'
import { toast } from '../../../ui/toast.ts'
import { useChangeOrder } from '../useChangeOrder.ts'
import classes from './Requests.module.css'
import { kindWords, stateWords, useFieldWords } from './request-words.ts'
import type { Request } from './useRequests.ts'

/** What somebody asks for, old beside new, and the answer or the way to one. */
export function RequestCard({ request, linked = false }: { request: Request; linked?: boolean }) {
  const { t, i18n } = useLingui()
  const change = useChangeOrder()
  const words = useFieldWords()
  // To the client himself it goes without saying.
  const from =
    request.origin === 'client'
      ? request.clientName && t`From the client`
      : request.proposal
        ? t`Proposal`
        : t`Change request`
  const [refusing, setRefusing] = useState(false)
  const { id, orderNumber, answeredBy, clientName } = request
  const askedBy = clientName ? `${request.askedBy} · ${clientName}` : request.askedBy
  const params = { id }
  const approve = async (evenIfChanged = false) => {
    try {
      await change(
        api('POST /orders/requests/:id/approve', { params, body: { evenIfChanged } }),
        t`The request for order ${orderNumber} is approved.`,
      )
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'changed_meanwhile') return toast.problem(problem)
      const fields = (problem.more as { fields: Record<string, { yours: never; theirs: never }> }).fields
      const body = Object.entries(fields).map(([field, { yours, theirs }]) => {
        const name = words.label({ ...request.fields.find((one) => one.field === field), field })
        const [now, wanted] = [words.value(field, theirs), words.value(field, yours)]
        return t`${name} is ${now} by now. Asked for: ${wanted}.`
      })
      const sure = await confirm({
        title: t`Changed since it was asked for`,
        body: body.join(' '),
        action: t`Approve all the same`,
      })
      if (sure) await approve(true)
    }
  }
  const withdraw = () =>
    change(api('POST /orders/requests/:id/withdraw', { params }), t`The request is withdrawn.`).catch(toast.problem)
  const name = t`Request for order ${orderNumber}`
  return (
    <li className={classes.card} aria-label={name}>
      <div className={classes.head}>
        <strong>
          {linked ? <Link {...paths.order(request.orderId)}>{orderNumber}</Link> : i18n._(kindWords[request.kind])}
        </strong>
        <span className={classes.quiet}>
          {linked && `${i18n._(kindWords[request.kind])} · `}
          {from && `${from} · `}
          <Trans>
            {askedBy}, <DateText value={request.askedAt} withTime />
          </Trans>
        </span>
        <span className={classes.state}>{i18n._(stateWords[request.state])}</span>
      </div>
      <p className={classes.reason}>{request.reason}</p>
      {request.fields.length > 0 && (
        <dl className={classes.fields}>
          {request.fields.map((field) => (
            <div key={field.field}>
              <dt>{words.label(field)}</dt>
              <dd>
                {field.old !== undefined && (
                  <>
                    <del>{words.value(field.field, field.old)}</del>
                    {' → '}
                  </>
                )}
                {field.wanted === undefined ? (
                  <span className={classes.quiet}>{t`not for you to see`}</span>
                ) : (
                  <ins style={{ textDecoration: 'none', fontWeight: 500 }}>
                    {words.value(field.field, field.wanted)}
                  </ins>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {answeredBy && request.answeredAt && (
        <p className={classes.quiet}>
          <Trans>
            {answeredBy}, <DateText value={request.answeredAt} withTime />
          </Trans>
          {request.answer && `: ${request.answer}`}
        </p>
      )}
      {(request.can.answer || request.can.withdraw) && (
        <div className={classes.actions}>
          {request.can.answer && (
            <>
              <Button size="xs" onClick={() => void approve()}>{t`Approve`}</Button>
              <Button size="xs" variant="default" onClick={() => setRefusing(true)}>{t`Refuse`}</Button>
            </>
          )}
          {request.can.withdraw && (
            <Button size="xs" variant="default" onClick={() => void withdraw()}>{t`Withdraw`}</Button>
          )}
        </div>
      )}
      {refusing && (
        <Dialog title={t`Refuse the request for order ${orderNumber}?`} onClose={() => setRefusing(false)}>
          <Form
            defaultValues={{ answer: '' }}
            action={t`Refuse`}
            onCancel={() => setRefusing(false)}
            onSubmit={async (body) => {
              await change(api('POST /orders/requests/:id/refuse', { params, body }), t`The request is refused.`)
              setRefusing(false)
            }}
          >
            <TextAreaField data-autofocus name="answer" label={t`Why`} help={t`${askedBy} reads it.`} required />
          </Form>
        </Dialog>
      )}
    </li>
  )
}
