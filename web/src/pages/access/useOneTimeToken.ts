import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/**
 * The token of a one-time link. It stands behind `#`, so that it never travels to a server's log, and is taken out of
 * the address once read, so that it stays neither in the history nor on a shared screen.
 */
export function useOneTimeToken(): string {
  const hash = useLocation({ select: (location) => location.hash })
  const token = new URLSearchParams(hash).get('token') ?? ''
  const [kept, setKept] = useState(token)
  const navigate = useNavigate()
  if (token && token !== kept) setKept(token)
  useEffect(() => {
    if (token) void navigate({ to: '.', hash: '', replace: true })
  }, [token, navigate])
  return kept
}
