import { Skeleton } from '../ui/states.tsx'

/** Stands in for a page whose code is on its way. */
export function PageSkeleton() {
  return (
    <div style={{ padding: 'var(--gutter)' }}>
      <Skeleton lines={6} />
    </div>
  )
}
