import { useLingui } from '@lingui/react/macro'
import { ColorInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Controller, useFormContext } from 'react-hook-form'
import { api } from '../../api.ts'
import { languages } from '../../i18n.ts'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { Section } from '../../ui/Section.tsx'
import { toast } from '../../ui/toast.ts'
import { BrandPreview } from './BrandPreview.tsx'
import { Pictures } from './Pictures.tsx'
import classes from './portal-settings.module.css'
import { type Brand, brandQuery } from './portal-settings.ts'

export type BrandValues = {
  name: string
  color: string
  sender: string
  locale: 'en' | 'fr'
  welcome: string
  support: string
  footer: string
}

/** What clients see of the account: beside the form, how it will look. */
export function BrandSection({ brand }: { brand: Brand }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { ownName, color, sender, locale, welcome, support, footer, version } = brand
  return (
    <Section title={t`Look`}>
      <Pictures brand={brand} />
      <Form<BrandValues>
        defaultValues={{ name: ownName, color, sender, locale, welcome, support, footer }}
        action={t`Save the look`}
        onSubmit={async (body) => {
          client.setQueryData(brandQuery.queryKey, await api('PATCH /portal-brand', { version, body }))
          toast.done(t`The look is saved.`)
        }}
      >
        <div className={classes.sides}>
          <div className={classes.fields}>
            <TextField name="name" label={t`Name`} help={t`Left empty: ${brand.accountName}.`} maxLength={80} />
            <ColorField />
            <TextField
              name="sender"
              label={t`Sender of mails`}
              help={t`The name that clients see in their inbox. Left empty: the name of the portal.`}
              maxLength={80}
            />
            <SelectField
              name="locale"
              label={t`Language`}
              help={t`For who has not chosen one.`}
              data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
              required
            />
            <TextField name="welcome" label={t`Welcome line`} help={t`Above the sign-in.`} maxLength={300} />
            <TextField name="support" label={t`Support line`} help={t`Whom to ask, and where.`} maxLength={300} />
            <TextField name="footer" label={t`Footer`} maxLength={300} />
          </div>
          <BrandPreview brand={brand} />
        </div>
      </Form>
    </Section>
  )
}

function ColorField() {
  const { t } = useLingui()
  const { control } = useFormContext<BrandValues>()
  return (
    <Controller
      name="color"
      control={control}
      rules={{ pattern: { value: /^(#[0-9a-f]{6})?$/, message: t`A colour is six digits after #, such as #0b6e69.` } }}
      render={({ field: { value, onChange, onBlur, ref }, fieldState }) => (
        <ColorInput
          ref={ref}
          label={t`Colour`}
          description={t`Where text in it would be hard to read, a darker or lighter one is used.`}
          value={value}
          onChange={(next) => onChange(next.toLowerCase())}
          onBlur={onBlur}
          withEyeDropper={false}
          error={fieldState.error?.message}
        />
      )}
    />
  )
}
