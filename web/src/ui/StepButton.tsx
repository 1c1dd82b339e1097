import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = ButtonProps & {
  /** Why it is not possible now; the button then stays, reachable, and says so. */
  why?: string | undefined
  onClick: () => void
  children: ReactNode
}

/** A step somebody may take, but perhaps not at this moment. What he may never do is not drawn at all. */
export function StepButton({ why, onClick, children, ...button }: Props) {
  return (
    <Tooltip label={why} disabled={!why} multiline maw={280}>
      <Button
        variant="default"
        {...button}
        aria-disabled={why ? true : undefined}
        aria-description={why}
        data-disabled={why ? true : undefined}
        onClick={why ? undefined : onClick}
      >
        {children}
      </Button>
    </Tooltip>
  )
}
