import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { Form } from '../../ui/form/Form.tsx'
import { PasswordField, TextField } from '../../ui/form/fields.tsx'
import classes from './access.module.css'
import { useEnter } from './useEnter.ts'

type Credentials = { email: string; password: string }
type Account = Extract<ResponseOf<'POST /session'>, { accounts: unknown }>['accounts'][number]

export default function SignInPage() {
  const [choice, setChoice] = useState<{ credentials: Credentials; accounts: Account[] } | null>(null)
  const { next } = useSearch({ from: '/plain/sign-in' })
  const navigate = useNavigate()
  const enter = useEnter()
  const signIn = async (credentials: Credentials, account?: string) => {
    const answer = await api('POST /session', { body: { ...credentials, account } })
    if ('accounts' in answer) return setChoice({ credentials, accounts: answer.accounts })
    enter(answer.me)
    await navigate(next?.startsWith('/') && !next.startsWith('//') ? { to: next } : { to: '/' })
  }
  if (choice) {
    return <ChooseAccount accounts={choice.accounts} onChoose={(account) => signIn(choice.credentials, account)} />
  }
  return <Credentials onSubmit={signIn} />
}

function Credentials({ onSubmit }: { onSubmit: (credentials: Credentials) => Promise<unknown> }) {
  const { t } = useLingui()
  return (
    <>
      <h1 className={classes.title}>
        <Trans>Sign in</Trans>
      </h1>
      <Form<Credentials>
        wide
        defaultValues={{ email: '', password: '' }}
        action={t`Sign in`}
        onSubmit={(values) => onSubmit({ email: values.email.trim(), password: values.password })}
      >
        <TextField name="email" type="email" label={t`E-mail`} autoComplete="username" size="lg" autoFocus required />
        <PasswordField name="password" label={t`Password`} autoComplete="current-password" size="lg" required />
      </Form>
      <p className={classes.aside}>
        <Trans>Forgotten your password? Ask an administrator of your account for a new link.</Trans>
      </p>
    </>
  )
}

type ChooseProps = { accounts: Account[]; onChoose: (account: string) => Promise<unknown> }

function ChooseAccount({ accounts, onChoose }: ChooseProps) {
  const { t } = useLingui()
  return (
    <>
      <h1 className={classes.title}>
        <Trans>Which account?</Trans>
      </h1>
      <ul className={classes.accounts} aria-label={t`Accounts`}>
        {accounts.map((account) => (
          <li key={account.id}>
            <button type="button" onClick={() => void onChoose(account.id)}>
              <span>{account.name}</span>
              <small>{account.roleName}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
