import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { StatusLook } from '../../components/statuses.ts'
import { problemWords } from '../../ui/problem-words.ts'
import type { ProblemCode } from '../../words.ts'
import type { Job, JobState } from './useJobs.ts'

const kindWords: Record<string, MessageDescriptor> = {
  'automation.arrival': msg`Rules for orders that came in`,
  'automation.run': msg`Rules for all open orders`,
  'intake.check': msg`Check of a file`,
  'intake.run': msg`Import of a file`,
  'privacy.erase': msg`Erasure of a buyer`,
  'notices.deliver': msg`Sending of mails`,
}

/** What a kind of job does, in the reader's words; a kind we do not know as the server calls it. */
export const kindName = (kind: string): string => (kindWords[kind] ? i18n._(kindWords[kind]) : kind)

export const jobStates: Record<JobState, StatusLook> = {
  queued: { hue: 'blue', fill: 'hollow', word: msg`Waiting` },
  running: { hue: 'blue', word: msg({ message: 'Running', context: 'state of a job' }) },
  done: { hue: 'green', word: msg({ message: 'Done', context: 'state of a job' }) },
  failed: { hue: 'red', fill: 'half', word: msg({ message: 'Failed', context: 'state of a job' }) },
  cancelled: { hue: 'grey', fill: 'hollow', word: msg({ message: 'Stopped', context: 'state of a job' }) },
  set_aside: { hue: 'red', word: msg({ message: 'Set aside', context: 'state of a job' }) },
}

/** How a job stands: one that is tried again after a failure looks other than one that never began. */
export const lookOf = (job: Job): StatusLook =>
  job.state === 'queued' && job.error ? { hue: 'amber', word: msg`Tried again soon` } : jobStates[job.state]

const ownWords: Record<string, MessageDescriptor> = {
  internal: msg`An unexpected fault stopped it. It has been logged.`,
  crashed: msg`The program that ran it ended in the middle.`,
  owner_gone: msg`Whoever it belongs to may not sign in any more.`,
}

/** Why a job failed, was set aside or is tried again. */
export function reasonWords({ error }: Job): MessageDescriptor | undefined {
  if (!error) return undefined
  return ownWords[error.code] ?? problemWords[error.code as ProblemCode]?.title ?? ownWords.internal
}
