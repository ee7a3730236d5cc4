import { fileURLToPath } from 'node:url';
import { startVitest } from 'vitest/node';

// Runs the suite on connectors that are wrong on purpose and prints vitest's JSON report. `npm test` never includes them.

const vitest = await startVitest('test', [], {
  config: false,
  root: fileURLToPath(new URL('.', import.meta.url)),
  include: ['defective-connectors.ts'],
  watch: false,
  reporters: ['json'],
});
await vitest.close();
