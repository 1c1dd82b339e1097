import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type ApiKey, api, type Input, type ResponseOf } from '../../api.ts'

export type Import = ResponseOf<'GET /imports/:id'>
export type ImportKind = Import['kind']
export type ImportState = Import['state']
export type ImportChange = NonNullable<Input<'PATCH /imports/:id'>['body']>

export const isWorking = (state: ImportState | undefined) => state === 'checking' || state === 'running'

/** One import; asked for again every moment while a check or an import is at work. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => api('GET /imports/:id', { params: { id }, signal }),
    refetchInterval: ({ state }) => (isWorking(state.data?.state) ? 700 : false),
    refetchIntervalInBackground: true,
  })

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: ({ signal }) => api('GET /imports', { signal }),
  refetchInterval: ({ state }) => (state.data?.items.some((item) => isWorking(item.state)) ? 2_000 : false),
})

/** Changes how the file is read or what a column fills, one change after the other; the answer shows at once how it reads now. */
export function useChangeImport(id: string) {
  const client = useQueryClient()
  const { queryKey } = importQuery(id)
  return useMutation({
    scope: { id: `import ${id}` },
    mutationFn: (body: ImportChange) => {
      const version = client.getQueryData(queryKey)?.version ?? 0
      return api('PATCH /imports/:id', { params: { id }, version, body })
    },
    onSuccess: (after) => client.setQueryData(queryKey, after),
    // Changed in another window: what stands there now is shown, to be changed from there.
    onError: () => client.invalidateQueries({ queryKey }),
  })
}

type Verb = Extract<ApiKey, `POST /imports/:id/${string}`>

/** Starts, stops or resumes a step. */
export function useStep(id: string, verb: Verb) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api(verb, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  })
}
