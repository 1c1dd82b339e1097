import { contract } from '../endpoint.ts'

export const apiContract = contract({
  describeApi: {
    method: 'GET',
    path: '/openapi.json',
    allow: 'public',
    summary: 'This API as an OpenAPI 3.1 document',
    response: { file: 'application/json; charset=utf-8' },
  },
})
