import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { type StartedSimulator, startSimulator } from '../../../../simulators/kit/index.ts';
import { describeTrytonContract } from './contract/describe-tryton-contract.ts';

const world = fileURLToPath(new URL('../../../../systems/tryton/fixtures/world-small.json', import.meta.url));
let started: StartedSimulator | undefined;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crossdock-contract-'));
  started = await startSimulator({ kind: 'erp', worldFile: world, ledgerFile: join(folder, 'ledger.jsonl') });
});
afterAll(async () => {
  await started?.stop();
  await rm(folder, { recursive: true, force: true });
});

describeTrytonContract('the simulated ERP', () => {
  if (started === undefined) throw new Error('the simulator did not start');
  const { database, password } = started.details;
  return { url: started.url, database: String(database), password: String(password) };
});
