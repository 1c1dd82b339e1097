import { defineConfig } from 'vitest/config'

/** What is slow, timed or statistical, proved on demand: one file after the other, on a PostgreSQL of its own. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.prove.ts'],
    globalSetup: ['../server/src/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 300_000,
    passWithNoTests: true,
  },
})
