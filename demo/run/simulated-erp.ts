import { join } from 'node:path';
import { controlClient, readLedger, startSimulator } from '../../simulators/kit/index.ts';
import type { StartErp } from './erp.ts';

/** Starts the simulated ERP in a process of its own. */
export const startSimulatedErp: StartErp = async ({ worldFile, directory, seed }) => {
  const ledgerFile = join(directory, 'erp.ledger.jsonl');
  const { url, control, details, stop } = await startSimulator({ kind: 'erp', worldFile, ledgerFile, seed });
  const controls = controlClient(control);
  return {
    access: {
      url,
      database: String(details.database),
      password: String(details.password),
      concurrency: 8,
      lateCommitSeconds: 0.5,
    },
    control,
    tell: (scripts) => controls.script(scripts.map(({ script }) => script)),
    scripts: () => controls.scripts(),
    ledger: async () => readLedger(ledgerFile),
    stop,
  };
};
