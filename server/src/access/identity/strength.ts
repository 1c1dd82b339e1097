import { invalid } from '#kernel/problem.ts'

/** What a password is judged by: the words its owner is known by make it no better. */
export interface Owner {
  email: string
  name: string
}

/** Long ones are strong enough without being read to their end, which takes time. */
const read = 80

/** Loaded when the first password is set: the list of common ones takes some megabytes. */
let estimator: Promise<(password: string, known: string[]) => number> | undefined
const load = async () => {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  const factory = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  return (password: string, known: string[]) => factory.check(password, known).score
}

/**
 * A new password is not the name or address of its owner, none of those that are known from breaches, and nothing that a
 * program guesses soon. Its length is the contract's.
 * @throws Problem invalid_request that says why
 */
export async function expectStrong(password: string, { email, name }: Owner, field = 'password'): Promise<void> {
  const own = [email, email.split('@')[0]!, name, ...name.split(/\s+/)].map(plain).filter((word) => word.length >= 3)
  const bare = plain(password)
  if (own.some((word) => bare === word || (word.length >= 5 && bare.replace(word, '').length < 5)))
    throw invalid(field, 'is made of your name or address: choose other words')
  estimator ??= load()
  const score = (await estimator)(password.slice(0, read), [...own, 'crossdock'])
  if (score < 1) throw invalid(field, 'is one of those that everybody tries first: choose other words')
  if (score < 3) throw invalid(field, 'is guessed too easily: make it longer, a few words that do not belong together')
}

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
