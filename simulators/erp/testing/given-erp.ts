import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger, readLedger, type Simulator, smallWorld, type World } from '../../kit/index.ts';
import { startErp } from '../erp.ts';
import { type Client, logIn } from './client.ts';

export interface GivenErp {
  readonly erp: Simulator;
  readonly client: Client;
  readonly ledgerFile: string;
  as(user: string): Promise<Client>;
  /** What the ledger says of a kind. */
  facts(kind: string): readonly Record<string, unknown>[];
  turn(dials: object): void;
  script(list: readonly object[]): void;
  act(action: string, input: object): Promise<void>;
  stop(): Promise<void>;
}

const password = 'a-password';

/** An ERP of the small world, with somebody logged in as `integration`. */
export async function givenErp(world: World = smallWorld): Promise<GivenErp> {
  const ledgerFile = join(mkdtempSync(join(tmpdir(), 'erp-')), 'ledger.jsonl');
  const ledger = openLedger(ledgerFile, 'erp');
  const erp = await startErp({ world, ledger, port: 0, seed: 1 }, { password });
  return {
    erp,
    ledgerFile,
    client: await logIn(erp.url, 'integration', password),
    as: (user) => logIn(erp.url, user, password),
    facts: (kind) => readLedger(ledgerFile).filter((entry) => entry.kind === kind),
    turn: (dials) => {
      erp.dials.turn(dials);
    },
    script: (list) => erp.scripts.add(list),
    act: async (action, input) => {
      await erp.actions[action]?.(input);
    },
    stop: async () => {
      await erp.stop();
      await ledger.close();
    },
  };
}
