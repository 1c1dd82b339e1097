import { Trans } from '@lingui/react/macro'
import classes from './SkipLink.module.css'

/** First stop of the tab key: past the navigation, to the work. */
export function SkipLink() {
  return (
    <a href="#main" className={classes.skip}>
      <Trans>Skip to the page</Trans>
    </a>
  )
}
