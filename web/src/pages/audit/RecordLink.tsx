import { useLingui } from '@lingui/react'
import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { recordKinds } from './entry-words.ts'
import type { Entry } from './useAudit.ts'

/** What an entry is about, as a link where it can still be opened. */
export function RecordLink({ entry: { subject, action } }: { entry: Entry }) {
  const { i18n } = useLingui()
  if (!subject || subject.kind === 'request') return <>—</>
  const kind = recordKinds[subject.kind]
  const words = [kind ? i18n._(kind) : subject.kind, subject.name].filter(Boolean).join(' ')
  if (subject.id && subject.name) {
    if (subject.kind === 'order') return <Link {...paths.order(subject.id)}>{words}</Link>
    if (subject.kind === 'role') return <Link {...paths.role(subject.id)}>{words}</Link>
    if (action.startsWith('key.')) return <Link {...paths.keys(subject.id)}>{words}</Link>
    if (subject.kind === 'member') return <Link {...paths.users(subject.id)}>{words}</Link>
  }
  return <>{words}</>
}
