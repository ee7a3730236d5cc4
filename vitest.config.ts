import { defineConfig } from 'vitest/config';

/** `npm test`: everything that needs nothing else on the machine. */
export default defineConfig({
  test: {
    include: [
      'console/src/**/*.unit.test.{ts,tsx}',
      '{src,demo,simulators,checks,bench,test,faults}/**/*.{unit,int,e2e}.test.ts',
    ],
    globalSetup: ['test/setup/postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
