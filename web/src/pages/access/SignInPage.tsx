import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useSearch } from '@tanstack/react-router'
import { type ComponentProps, useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { useRoleName } from '../../components/roles.ts'
import { paths } from '../../paths.ts'
import { Form } from '../../ui/form/Form.tsx'
import { PasswordField, TextField } from '../../ui/form/fields.tsx'
import { ProblemNote } from '../../ui/states.tsx'
import { useTitle } from '../../ui/useTitle.ts'
import classes from './access.module.css'
import { DomainProviders } from './DomainProviders.tsx'
import { PasskeyButton } from './PasskeyButton.tsx'
import { ProviderButtons } from './ProviderButtons.tsx'
import { useArrive } from './useArrive.ts'

type Credentials = { email: string; password: string }
type Choice = ResponseOf<'POST /session'>['choices'][number]

export default function SignInPage() {
  const [choice, setChoice] = useState<{ credentials: Credentials; places: Choice[] } | null>(null)
  const { next, ended, account } = useSearch({ from: '/plain/sign-in' })
  const arrive = useArrive()
  const signIn = async (credentials: Credentials, memberId?: string) => {
    const answer = await api('POST /session', { body: { ...credentials, memberId } })
    if (answer.choices.length > 0) return setChoice({ credentials, places: answer.choices })
    await arrive(answer, next)
  }
  if (choice) {
    return <ChooseAccount places={choice.places} onChoose={(memberId) => signIn(choice.credentials, memberId)} />
  }
  return (
    <Credentials
      ended={ended === 'yes'}
      account={account}
      onSubmit={signIn}
      onPasskey={(answer) => arrive(answer, next)}
    />
  )
}

type CredentialsProps = {
  ended: boolean
  account: string | undefined
  onSubmit: (credentials: Credentials) => Promise<unknown>
  onPasskey: ComponentProps<typeof PasskeyButton>['onDone']
}

function Credentials({ ended, account, onSubmit, onPasskey }: CredentialsProps) {
  const { t } = useLingui()
  useTitle(t`Sign in`)
  return (
    <>
      <h1 className={classes.title}>
        <Trans>Sign in</Trans>
      </h1>
      {ended && (
        <p className={classes.lead} role="status">
          <Trans>
            Your session has ended. Sign in to go on where you were; if you can no longer sign in, ask whoever invited
            you.
          </Trans>
        </p>
      )}
      {account && <ProviderButtons of={{ accountId: account }} />}
      <Form<Credentials>
        wide
        defaultValues={{ email: '', password: '' }}
        action={t`Sign in`}
        onSubmit={(values) => onSubmit({ email: values.email.trim(), password: values.password })}
      >
        <TextField name="email" type="email" label={t`E-mail`} autoComplete="username" size="lg" autoFocus required />
        {!account && <DomainProviders />}
        <PasswordField name="password" label={t`Password`} autoComplete="current-password" size="lg" required />
      </Form>
      <div className={classes.below}>
        <PasskeyButton onDone={onPasskey} />
      </div>
      <p className={classes.foot}>
        <Link {...paths.forgotPassword()}>{t`Forgotten password`}</Link>
      </p>
    </>
  )
}

type ChooseProps = { places: Choice[]; onChoose: (memberId: string) => Promise<unknown> }

function ChooseAccount({ places, onChoose }: ChooseProps) {
  const { t } = useLingui()
  const roleName = useRoleName()
  const [problem, setProblem] = useState<unknown>(null)
  const choose = (memberId: string) => onChoose(memberId).catch(setProblem)
  useTitle(t`Which account?`)
  return (
    <>
      <h1 className={classes.title}>
        <Trans>Which account?</Trans>
      </h1>
      {problem !== null && <ProblemNote problem={problem} />}
      <ul className={classes.accounts} aria-label={t`Accounts`}>
        {places.map(({ memberId, accountName, partyName, role }) => (
          <li key={memberId}>
            <button type="button" onClick={() => void choose(memberId)}>
              <span>{accountName}</span>
              <small>{partyName ?? roleName(role)}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
