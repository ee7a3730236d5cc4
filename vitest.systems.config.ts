import { defineConfig } from 'vitest/config';

/** `npm run test:systems`: the tests that need a real outside system (`.systems.test.ts`). */
export default defineConfig({
  test: {
    include: ['{src,simulators,systems,test}/**/*.systems.test.ts'],
    globalSetup: ['test/setup/postgres.ts'],
    testTimeout: 600_000,
    hookTimeout: 900_000,
    fileParallelism: false,
  },
});
