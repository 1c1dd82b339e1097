import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { useCan } from '../../me.ts'
import type { ProductsSearch } from './routes.ts'

export type Product = ResponseOf<'GET /products'>['items'][number]

/** The products a filter matches, page after page, by SKU. */
export function useProducts(search: ProductsSearch) {
  const pages = useInfiniteQuery({
    queryKey: ['products', 'list', search],
    queryFn: ({ pageParam, signal }) =>
      api('GET /products', { query: { ...search, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  return { pages, rows }
}

const none: { id: string; name: string }[] = []

/** The clients whose products there may be; none for who does not know them. */
export function useOwners() {
  const knows = useCan()('clients:read')
  const { data } = useQuery({
    enabled: knows,
    queryKey: ['products', 'clients'],
    queryFn: async ({ signal }) => (await api('GET /clients', { query: {}, signal })).items,
  })
  return data ?? none
}

/** Tags in use on products, the number of products beside each. */
export const useProductTags = (enabled = true) =>
  useQuery({
    enabled,
    queryKey: ['products', 'tags'],
    queryFn: async ({ signal }) => (await api('GET /products/tags', { signal })).items,
  })
