import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { CopyField } from '../../ui/CopyField.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { ProblemNote } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './portal-settings.module.css'
import { type Address, addressQuery } from './portal-settings.ts'

/** The default address, which works at once, and the host name of the account's own. */
export function AddressSection({ address }: { address: Address }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const keep = (now: Address) => client.setQueryData(addressQuery.queryKey, now)
  const { slug, domain, version } = address
  return (
    <Section title={t`Address`}>
      <div className={classes.address}>
        <Facts
          facts={[
            [
              t`Links lead to`,
              <a key="url" href={address.url} target="_blank" rel="noreferrer">
                {address.url}
              </a>,
            ],
          ]}
        />
        <Form<{ slug: string; domain: string }>
          key={version}
          defaultValues={{ slug, domain: domain?.shown ?? '' }}
          action={t`Save the address`}
          onSubmit={async (values) => {
            keep(
              await api('PATCH /portal-address', {
                version,
                body: { slug: values.slug.trim(), domain: values.domain },
              }),
            )
            toast.done(t`The address is saved.`)
          }}
        >
          <TextField
            name="slug"
            label={t`Portal name`}
            help={t`In the default address: ${address.defaultUrl}. Small letters, digits and hyphens. Who is signed in under the old name signs in anew.`}
            rules={{
              pattern: { value: /^\s*[a-z0-9]+(-[a-z0-9]+)*\s*$/, message: t`Use small letters, digits and hyphens.` },
            }}
            required
          />
          <TextField
            name="domain"
            label={t`Own host name`}
            help={t`Such as portal.example.com. Left empty, the default address is used.`}
            placeholder="portal.example.com"
          />
        </Form>
      </div>
      {domain && <DomainState domain={domain} onChecked={keep} />}
    </Section>
  )
}

function DomainState({
  domain,
  onChecked,
}: {
  domain: NonNullable<Address['domain']>
  onChecked: (now: Address) => void
}) {
  const { t } = useLingui()
  const check = useMutation({ mutationFn: () => api('POST /portal-address/check'), onSuccess: onChecked })
  const words = { waiting: t`Waiting for DNS`, verified: t`Verified`, failing: t`Failing` }
  const missed = {
    address: t`The name does not lead to this server yet. Set the first record; it may take some hours to be seen.`,
    proof: t`The TXT record is not there yet, or says something else.`,
    no_answer: t`DNS did not answer. Check again in some minutes.`,
  }
  return (
    <div className={classes.domain}>
      <Facts
        facts={[
          [t`Host name`, domain.name === domain.shown ? domain.name : `${domain.shown} (${domain.name})`],
          [
            t`State`,
            <span key="state" className={classes.state} data-state={domain.state} role="status">
              {words[domain.state]}
            </span>,
          ],
          [t`Failing since`, domain.failingSince && <DateText key="since" value={domain.failingSince} withTime />],
          [t`Last looked at`, domain.checkedAt && <DateText key="at" value={domain.checkedAt} withTime />],
        ]}
      />
      {domain.missed && <p className={classes.missed}>{missed[domain.missed]}</p>}
      {domain.state !== 'verified' && (
        <p className={classes.quiet}>
          <Trans>
            Set these two records where the domain is administered, then check. Until then everything works under the
            default address.
          </Trans>
        </p>
      )}
      {domain.records.map(({ type, name, value }) => (
        <div key={type} className={classes.record}>
          <CopyField label={t`${type} record: name`} value={name} code several />
          <CopyField label={t`${type} record: value`} value={value} code several />
        </div>
      ))}
      {check.error !== null && <ProblemNote problem={check.error} />}
      <div>
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>{t`Check again`}</Button>
      </div>
    </div>
  )
}
