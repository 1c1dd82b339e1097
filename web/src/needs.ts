import type { QueryClient } from '@tanstack/react-query'
import { notFound } from '@tanstack/react-router'
import { meQuery } from './me.ts'
import type { Permission } from './words.ts'

/**
 * `beforeLoad: needs('orders:read')`: without the permission (of several: any) the page is not there, like one that never was. The server
 * refuses what it would ask all the same; this spares the asking.
 */
export const needs =
  (...anyOf: Permission[]) =>
  async ({ context }: { context: { client: QueryClient } }) => {
    const me = await context.client.ensureQueryData(meQuery)
    if (!anyOf.some((permission) => me?.permissions.includes(permission))) throw notFound({ routeId: '/in' })
  }
