import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { ProblemNote } from '../../ui/states.tsx'
import classes from './access.module.css'
import { useProviders } from './useProviders.ts'

type Props = { of: Parameters<typeof useProviders>[0]; link?: boolean }

/** "Sign in with …" for each provider of an account or of a domain, or, for who is signed in, the way to connect one. */
export function ProviderButtons({ of, link = false }: Props) {
  const { t } = useLingui()
  const [problem, setProblem] = useState<unknown>(null)
  const providers = useProviders(of)
  const begin = async (accountId: string, providerId: string) => {
    setProblem(null)
    try {
      const { url } = await api('POST /session/provider', { body: { accountId, providerId, ...(link && { link }) } })
      window.location.assign(url)
    } catch (problem) {
      setProblem(problem)
    }
  }
  if (providers.length === 0) return null
  return (
    <div className={classes.below}>
      {problem !== null && <ProblemNote problem={problem} />}
      {providers.map(({ accountId, id, name }) => (
        <Button
          key={id}
          variant="default"
          fullWidth={!link}
          size={link ? 'sm' : 'lg'}
          onClick={() => void begin(accountId, id)}
        >
          {link ? t`Connect ${name}` : t`Sign in with ${name}`}
        </Button>
      ))}
    </div>
  )
}
