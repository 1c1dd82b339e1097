import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/**
 * The token of a one-time link, read once and taken out of the address, so that it stays neither in the history nor
 * on a shared screen.
 */
export function useOneTimeToken(from: '/plain/invitation' | '/plain/create-account'): string {
  const search = useSearch({ from })
  const [token] = useState(search.token ?? '')
  const navigate = useNavigate()
  useEffect(() => {
    if (search.token) void navigate({ to: '.', search: {}, replace: true })
  }, [search.token, navigate])
  return token
}
