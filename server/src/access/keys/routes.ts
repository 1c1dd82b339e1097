import type { Handlers } from '#kernel/routes.ts'
import type { keysContract } from './contract.ts'
import { changeKey, createKey, revokeKey, rotateKey } from './keys.ts'
import { listKeys } from './list-keys.ts'

export const keysHandlers: Handlers<typeof keysContract> = {
  listKeys: ({ tx }) => listKeys(tx),
  createKey: ({ tx, body }) => createKey(tx, body),
  changeKey: ({ tx, params, version, body }) => changeKey(tx, params.id, version, body),
  rotateKey: ({ tx, params, body }) => rotateKey(tx, params.id, body),
  revokeKey: ({ tx, params }) => revokeKey(tx, params.id),
}
