import type { Handlers } from '#kernel/routes.ts'
import { changeStore, createStore } from './commands/keep-stores.ts'
import type { storesContract } from './contract.ts'
import { listStores } from './queries/stores.ts'

export const storesHandlers: Handlers<typeof storesContract> = {
  listStores: ({ tx }) => listStores(tx),
  createStore: ({ tx, body }) => createStore(tx, body),
  changeStore: ({ tx, params, version, body }) => changeStore(tx, params.id, version, body),
}
