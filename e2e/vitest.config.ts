import { defineConfig } from 'vitest/config'

/** Stories in a real browser against the real server; one after the other, since each drives a browser of its own. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.story.ts'],
    globalSetup: ['../server/src/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
