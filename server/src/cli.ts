import './platform/memory.ts'
import { parseArgs } from 'node:util'
import { Problem } from '#kernel/problem.ts'
import { openInstallation } from './installation.ts'
import { commands, earlyCommands } from './operator/commands.ts'
import { Mistake, sentenceOf } from './operator/owner.ts'
import { readSettings } from './platform/settings.ts'

const usage = `crossdock COMMAND

${Object.entries({ ...commands, ...earlyCommands })
  .map(([name, { synopsis, summary }]) => `  ${`${name} ${synopsis}`.trim()}\n      ${summary}`)
  .join('\n')}

It works whether the server runs or not. Settings: see the README.`

/** The command line: finds the command by its first two words, opens the database beside or without the server, runs it. */
async function main(words: string[]): Promise<number> {
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find(
    (candidate) => candidate in commands || candidate in earlyCommands,
  )
  if (!name) {
    console.error(usage)
    return words.length === 0 || ['help', '--help', '-h'].includes(words[0]!) ? 0 : 2
  }
  const early = earlyCommands[name]
  const { values, positionals } = parseArgs({
    args: words.slice(name.split(' ').length),
    options: (early ?? commands[name]!).options,
    allowPositionals: true,
  })
  const typed = { options: values as Record<string, string | undefined>, positionals }
  const settings = readSettings()
  if (early) return (await early.run({ ...typed, settings })) ?? 0
  const installation = await openInstallation(settings, () => {})
  try {
    return (await commands[name]!.run({ ...typed, installation })) ?? 0
  } finally {
    await installation.close()
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const isTyping = error instanceof Mistake || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  console.error(error instanceof Problem ? sentenceOf(error) : (error as Error).message)
  process.exitCode = isTyping ? 2 : 1
}
