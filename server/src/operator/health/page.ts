import type { Finding, State } from './checks.ts'
import { gravest } from './checks.ts'

const signs: Record<State, string> = { ok: '●', warning: '▲', alarm: '■' }
const summary: Record<State, string> = {
  ok: 'Everything is fine.',
  warning: 'Something wants to be looked at.',
  alarm: 'Something wants to be seen to now.',
}
const asText = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The health page: one table, no script, readable from a phone at night; it loads itself again each half minute. */
export function healthPage(findings: Finding[], about: { version: string; startedAt: Date; now: Date }): string {
  const rows = findings.map(
    ({ name, state, says }) =>
      `<tr><th scope="row">${name}</th><td class="${state}"><span aria-hidden="true">${signs[state]}</span> ${state}</td><td>${asText(says)}</td></tr>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="30"><title>Crossdock: ${gravest(findings)}</title><style>
:root { color-scheme: light dark } body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #8884 }
td:nth-child(2) { white-space: nowrap } .ok span { color: light-dark(#2b8a3e, #69db7c) } .warning span { color: light-dark(#b35c00, #ffc078) } .alarm span { color: light-dark(#c92a2a, #ff8787) }
</style></head><body><main><h1>${summary[gravest(findings)]}</h1>
<table><thead><tr><th scope="col">Check</th><th scope="col">State</th><th scope="col">What it says</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
<p>Crossdock ${asText(about.version)}, running since ${about.startedAt.toISOString()}; looked at ${about.now.toISOString()}.</p></main></body></html>`
}

/** The same for a terminal, a line each. */
export const healthText = (findings: Finding[]): string =>
  findings.map(({ name, state, says }) => `${signs[state]} ${name.padEnd(12)} ${state.padEnd(8)} ${says}`).join('\n')
