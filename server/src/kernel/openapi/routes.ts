import { nameOf } from '../cookies.ts'
import { type Handlers, registered } from '../routes.ts'
import type { apiContract } from './contract.ts'
import { describeApi } from './document.ts'

let desk: Buffer | undefined

export const apiHandlers: Handlers<typeof apiContract> = {
  /** A portal describes it under its own name. */
  async describeApi({ request, deps }) {
    const { portal } = request
    if (!portal && desk) return desk
    const site = {
      title: portal?.name ?? 'Crossdock',
      base: portal?.base ?? '',
      cookie: nameOf('session', deps, portal),
    }
    const document = Buffer.from(JSON.stringify(describeApi(registered, site)))
    if (!portal) desk = document
    return document
  },
}
