import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { ProblemNote } from '../../ui/states.tsx'
import classes from './access.module.css'

type Props = { accountId: string; link?: boolean }

/** "Sign in with …" for each provider of an account, or, for who is signed in, the way to connect one. */
export function ProviderButtons({ accountId, link = false }: Props) {
  const { t } = useLingui()
  const [problem, setProblem] = useState<unknown>(null)
  const offered = useQuery({
    queryKey: ['providers', accountId],
    queryFn: ({ signal }) => api('GET /session/providers', { query: { accountId }, signal }),
    retry: false,
  })
  const begin = async (providerId: string) => {
    setProblem(null)
    try {
      const { url } = await api('POST /session/provider', { body: { accountId, providerId, ...(link && { link }) } })
      window.location.assign(url)
    } catch (problem) {
      setProblem(problem)
    }
  }
  if (!offered.data?.items.length) return null
  return (
    <div className={classes.below}>
      {problem !== null && <ProblemNote problem={problem} />}
      {offered.data.items.map(({ id, name }) => (
        <Button key={id} variant="default" fullWidth={!link} size={link ? 'sm' : 'lg'} onClick={() => void begin(id)}>
          {link ? t`Connect ${name}` : t`Sign in with ${name}`}
        </Button>
      ))}
    </div>
  )
}
