import { join } from 'node:path';
import {
  type ControlClient,
  controlClient,
  readLedger,
  type StartedSimulator,
  startSimulator,
} from '../../simulators/kit/index.ts';
import type { Ledgers } from '../check/facts.ts';
import type { ScriptRecords } from '../check/fired.ts';
import type { PlannedScript } from '../drive/scripts.ts';

/** The simulated systems of the demo, each in a process of its own. */
export interface DemoSystems {
  readonly erp: StartedSimulator;
  readonly crm: StartedSimulator;
  readonly north: StartedSimulator;
  readonly south: StartedSimulator;
  /** The CRM's ledger file. */
  readonly crmLedger: string;
  readonly crmControl: ControlClient;
  tell(scripts: readonly PlannedScript[]): Promise<void>;
  scripts(): Promise<ScriptRecords>;
  ledgers(): Ledgers;
  stop(): Promise<void>;
}

const names = ['erp', 'crm', 'wms-north', 'wms-south'] as const;

/** Starts them all at once. When one does not start, those that did are stopped and the reason is thrown. */
export async function startSystems(worldFile: string, directory: string, seed: number): Promise<DemoSystems> {
  const ledgerOf = (name: (typeof names)[number]): string => join(directory, `${name}.ledger.jsonl`);
  const begin = (name: (typeof names)[number], kind: 'erp' | 'crm' | 'wms', site?: string) =>
    startSimulator({ kind, worldFile, ledgerFile: ledgerOf(name), seed, ...(site === undefined ? {} : { site }) });
  const starting = [
    begin('erp', 'erp'),
    begin('crm', 'crm'),
    begin('wms-north', 'wms', 'NORTH'),
    begin('wms-south', 'wms', 'SOUTH'),
  ] as const;
  const settled = await Promise.allSettled(starting);
  const failure = settled.find((each) => each.status === 'rejected');
  if (failure !== undefined) {
    await Promise.all(settled.map((each) => (each.status === 'fulfilled' ? each.value.stop() : undefined)));
    throw failure.reason;
  }
  const [erp, crm, north, south] = await Promise.all(starting);
  const erpControl = controlClient(erp.control);
  const warehouses = [controlClient(north.control), controlClient(south.control)];
  return {
    erp,
    crm,
    north,
    south,
    crmLedger: ledgerOf('crm'),
    crmControl: controlClient(crm.control),
    tell: async (scripts) => {
      const of = (system: PlannedScript['system']) =>
        scripts.filter((planned) => planned.system === system).map(({ script }) => script);
      await Promise.all([erpControl.script(of('erp')), ...warehouses.map((warehouse) => warehouse.script(of('wms')))]);
    },
    scripts: async () => {
      const all = await Promise.all([erpControl, ...warehouses].map((control) => control.scripts()));
      return all.flat();
    },
    ledgers: () => ({
      erp: readLedger(ledgerOf('erp')),
      crm: readLedger(ledgerOf('crm')),
      wms: [...readLedger(ledgerOf('wms-north')), ...readLedger(ledgerOf('wms-south'))],
    }),
    stop: async () => {
      await Promise.all([erp.stop(), crm.stop(), north.stop(), south.stop()]);
    },
  };
}
