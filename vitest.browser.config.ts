import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: people's stories in the system's Chromium against the demo. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.test.ts'],
    globalSetup: ['test/browser/support/global-setup.ts'],
    testTimeout: 90_000,
    hookTimeout: 240_000,
    // One demo for all, on which each story leaves its marks.
    fileParallelism: false,
  },
});
