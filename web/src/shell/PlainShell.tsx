import type { ReactNode } from 'react'
import { Brand } from './Brand.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import classes from './PlainShell.module.css'

/** Around pages for people who are not signed in: one thing to do, in the middle. */
export function PlainShell({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <main className={classes.card}>
        <div className={classes.brand}>
          <Brand />
        </div>
        {children}
      </main>
      <footer className={classes.foot}>
        <LanguageSwitch />
      </footer>
    </div>
  )
}
