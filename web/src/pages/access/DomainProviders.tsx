import { useDebouncedValue } from '@mantine/hooks'
import { useWatch } from 'react-hook-form'
import { ProviderButtons } from './ProviderButtons.tsx'

const domainOf = (email: string) => /^[^\s@]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i.exec(email.trim())?.[1]?.toLowerCase()

/** Under the address that is typed: the provider by which its domain signs in. Nothing of the address but that is sent. */
export function DomainProviders() {
  const email = useWatch<{ email: string }, 'email'>({ name: 'email' })
  const [domain] = useDebouncedValue(domainOf(email), 400)
  return <ProviderButtons of={domain ? { domain } : null} />
}
