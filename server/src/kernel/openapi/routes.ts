import { type Handlers, registered } from '../routes.ts'
import type { apiContract } from './contract.ts'
import { describeApi } from './document.ts'

let document: Buffer | undefined

export const apiHandlers: Handlers<typeof apiContract> = {
  async describeApi() {
    document ??= Buffer.from(JSON.stringify(describeApi(registered)))
    return document
  },
}
