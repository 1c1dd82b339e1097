import { i18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { api, type Input } from '../../api.ts'
import { toast } from '../../ui/toast.ts'

const from = 'crossdock.view-from'
const over = 'crossdock.view-over'

/**
 * Looks as somebody from now on. The page begins anew, so that nothing that was loaded as oneself stays in it; where one was is
 * kept for the way back.
 */
export async function startView(body: Input<'POST /views'>['body']): Promise<void> {
  await api('POST /views', { body })
  viewBegan()
}

/** A view was started: the page begins anew in it. */
export function viewBegan(): void {
  sessionStorage.setItem(from, location.pathname + location.search)
  location.assign('/')
}

/** Is oneself again, where one was. */
export async function endView(): Promise<void> {
  await api('DELETE /views/mine')
  goBack()
}

/** The view ended by itself: the page begins anew as oneself, and says so. */
export function viewIsOver(): void {
  if (isLeaving) return
  isLeaving = true // each of the requests under way says so
  sessionStorage.setItem(over, 'yes')
  goBack()
}
let isLeaving = false

function goBack() {
  location.assign(sessionStorage.getItem(from) ?? '/')
  sessionStorage.removeItem(from)
}

/** Says once, after the page began anew, that a view is over. */
export function sayViewIsOver(): void {
  if (!sessionStorage.getItem(over)) return
  sessionStorage.removeItem(over)
  toast.done(i18n._(msg`The view has ended. You are yourself again.`))
}
