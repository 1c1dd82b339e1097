import { problems } from './problems.ts'

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The page at which the `type` of every problem points: what each code means, for who writes a program. A portal shows it under its own name. */
export const problemsPage = (site: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Problems · ${escaped(site)}</title>
<style>body{font:16px/1.5 system-ui;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}:target{outline:2px solid;outline-offset:.5rem}</style></head>
<body><h1>Problems</h1>
<p>Every refusal of the API is a problem of RFC 9457. Programs decide by its <code>code</code>; sentences may change.</p>
${sections}
</body></html>
`

const sections = Object.entries(problems)
  .map(
    ([code, { status, title, advice }]) =>
      `<section id="${code}"><h2><code>${code}</code></h2><p><b>${status}</b> ${escaped(title)}. ${escaped(advice)}</p></section>`,
  )
  .join('\n')
