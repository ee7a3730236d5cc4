import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { type RealTryton, realTryton } from '../../../../systems/tryton/index.ts';
import { describeTrytonContract } from './contract/describe-tryton-contract.ts';

const root = new URL('../../../../', import.meta.url);
let started: RealTryton | undefined;

// A home of its own: the suite drives stock far below zero, which nobody else should find.
beforeAll(async () => {
  started = await realTryton({
    home: fileURLToPath(new URL('.crossdock/tryton-contract', root)),
    worldFile: fileURLToPath(new URL('systems/tryton/fixtures/world-small.json', root)),
    reset: true,
  });
});
afterAll(() => started?.stop());

describeTrytonContract('the real Tryton', () => {
  if (started === undefined) throw new Error('Tryton did not start');
  return started;
});
