import type { ReactNode } from 'react'
import { portal } from '../portal.ts'
import { Brand } from './Brand.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import classes from './PlainShell.module.css'
import { PortalBrand } from './PortalBrand.tsx'

/** Around pages for people who are not signed in: one thing to do, in the middle. */
export function PlainShell({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <main className={classes.card}>
        <div className={classes.brand}>{portal ? <PortalBrand name={portal.name} /> : <Brand />}</div>
        {portal?.welcome && <p className={classes.welcome}>{portal.welcome}</p>}
        {children}
      </main>
      <footer className={classes.foot}>
        {portal?.support && <p>{portal.support}</p>}
        {portal?.footer && <p>{portal.footer}</p>}
        <LanguageSwitch />
      </footer>
    </div>
  )
}
