export { gravest, lookAround } from './checks.ts'
export { openOperatorDoor } from './listener.ts'
export { openMetrics } from './metrics.ts'
export { healthText } from './page.ts'
