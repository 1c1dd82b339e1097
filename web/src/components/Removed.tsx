import { Trans } from '@lingui/react/macro'
import { DateText } from './DateText.tsx'

/** Stands where a name and address stood: erased, or kept for as long as was said. */
export function Removed({ at }: { at: string }) {
  return (
    <span>
      <Trans>
        Name and address removed on <DateText value={at} />
      </Trans>
    </span>
  )
}
