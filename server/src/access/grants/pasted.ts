import { Compile } from 'typebox/compile'
import { Type } from '#kernel/endpoint.ts'

export interface PastedPerson {
  name: string
  email: string
  /** The piece of the list that says so. */
  line: string
  verdict: 'ok' | 'no_address' | 'bad_address' | 'twice'
}

const address = Compile(Type.String({ format: 'email', maxLength: 254 }))
const like = /[^\s,;|<>"'()[\]]*@[^\s,;|<>"'()[\]]*/
const around = /^[\s,;|<>()[\]"'\-–—:]+|[\s,;|<>()[\]"'\-–—:]+$/g

/**
 * People out of a list as it is pasted from a mail, a sheet or by hand: a line for each, or several in a line as a mail
 * program writes them. The address is what has an @; what else stands there is the name.
 */
export function readPasted(list: string): PastedPerson[] {
  const seen = new Set<string>()
  return list
    .split(/\r\n|\r|\n/)
    .flatMap(piecesOf)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const found = like.exec(line)?.[0] ?? ''
      const email = found.replace(/^mailto:/i, '').replace(/[.:]+$/, '')
      const name = line
        .replace(found, ' ')
        .replace(around, '')
        .replace(/[\t,;|<>"]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
      const key = email.toLowerCase()
      const verdict =
        email === '' ? 'no_address' : !address.Check(email) ? 'bad_address' : seen.has(key) ? 'twice' : 'ok'
      seen.add(key)
      return { name: name.slice(0, 120), email, line: line.trim().slice(0, 300), verdict }
    })
}

/** One line for each address: `Ann <a@x.org>; Bob <b@x.org>` is two. */
function piecesOf(line: string): string[] {
  if (line.split('@').length <= 2) return [line]
  const pieces = line.split(/;|,(?=[^@]*@)(?<=@[^,;]*,)/)
  return pieces.filter((piece) => piece.trim() !== '')
}
