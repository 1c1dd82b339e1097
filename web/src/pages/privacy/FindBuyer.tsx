import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { Section } from '../../ui/Section.tsx'
import { Empty } from '../../ui/states.tsx'
import { FoundOrders } from './FoundOrders.tsx'
import classes from './privacy.module.css'

type Values = { email: string; phone: string; name: string; address: string }

/** Looks for one buyer by what he says he is; what is found is chosen order by order. */
export function FindBuyer() {
  const { t } = useLingui()
  const [found, setFound] = useState<ResponseOf<'POST /privacy/find'> | null>(null)
  const find = async (values: Values) => {
    const given = Object.entries(values).filter(([, value]) => value.trim() !== '')
    setFound(await api('POST /privacy/find', { body: Object.fromEntries(given) }))
  }
  return (
    <Section title={t`One buyer`}>
      <Form<Values>
        defaultValues={{ email: '', phone: '', name: '', address: '' }}
        action={t`Find the orders`}
        onSubmit={find}
      >
        <div className={classes.fields}>
          <TextField name="email" type="email" label={t`E-mail`} autoComplete="off" />
          <TextField name="phone" label={t`Phone`} autoComplete="off" />
          <TextField name="name" label={t`Name`} autoComplete="off" />
          <TextField name="address" label={t`Street, town or postcode`} autoComplete="off" />
        </div>
      </Form>
      <div aria-live="polite">
        {found?.erasedAt && (
          <p className={classes.note}>
            <Trans>
              Somebody with this e-mail address or phone was erased on <DateText value={found.erasedAt} />.
            </Trans>
          </p>
        )}
        {found?.items.length === 0 && (
          <Empty icon="search" title={t`No order found`}>
            <Trans>
              Nothing is kept under this. Try another e-mail address, the phone, or the name with a part of the street.
            </Trans>
          </Empty>
        )}
      </div>
      {found && found.items.length > 0 && (
        <FoundOrders
          key={found.items.map(({ id }) => id).join()}
          found={found.items}
          capped={found.capped}
          onErased={() => setFound(null)}
        />
      )}
    </Section>
  )
}
