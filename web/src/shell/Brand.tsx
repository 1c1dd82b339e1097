import classes from './Brand.module.css'

/** The product's mark; the word goes away where there is no room. */
export function Brand({ markOnly = false }: { markOnly?: boolean }) {
  return (
    <span className={classes.brand}>
      <svg aria-hidden="true" width="22" height="22" viewBox="0 0 32 32" className={classes.mark}>
        <rect width="32" height="32" rx="7" />
        <path d="M8 11h7l5 10h4M8 21h4l1.6-3.2M17.4 14.2 19 11h5" />
      </svg>
      <span className={markOnly ? 'visually-hidden' : classes.word}>Crossdock</span>
    </span>
  )
}
