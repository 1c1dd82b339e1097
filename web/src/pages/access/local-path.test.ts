import { expect, it } from 'vitest'
import { localPath } from './local-path.ts'

it('123 after the sign-in a link leads nowhere but into the app', () => {
  for (const own of ['/orders', '/orders?q=a', '/settings/audit']) expect(localPath(own)).toBe(own)
  const evil = ['//evil', '/\\evil', 'https:evil', 'javascript:1', 'data:x', '/a\r\nb', '\\\\evil', '', undefined]
  for (const next of evil) expect(localPath(next), next).toBe('/')
})
