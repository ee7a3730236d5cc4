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
import type { DayErp, Stage, StartErp } from './erp.ts';

/** The systems of a day: an ERP, and the CRM and the warehouses, which are simulated, each in a process of its own. */
export interface DemoSystems {
  readonly erp: DayErp;
  readonly crm: StartedSimulator;
  readonly north: StartedSimulator;
  readonly south: StartedSimulator;
  /** The CRM's ledger file. */
  readonly crmLedger: string;
  readonly crmControl: ControlClient;
  tell(scripts: readonly PlannedScript[]): Promise<void>;
  scripts(): Promise<ScriptRecords>;
  ledgers(): Promise<Ledgers>;
  stop(): Promise<void>;
}

/** Starts them all at once. When one does not start, those that did are stopped and the reason is thrown. */
export async function startSystems(stage: Stage, startErp: StartErp): Promise<DemoSystems> {
  const { worldFile, directory, seed } = stage;
  const ledgerOf = (name: string): string => join(directory, `${name}.ledger.jsonl`);
  const begin = (name: string, kind: 'crm' | 'wms', site?: string) =>
    startSimulator({ kind, worldFile, ledgerFile: ledgerOf(name), seed, ...(site === undefined ? {} : { site }) });
  const starting = [
    startErp(stage),
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
  const warehouses = [controlClient(north.control), controlClient(south.control)];
  return {
    erp,
    crm,
    north,
    south,
    crmLedger: ledgerOf('crm'),
    crmControl: controlClient(crm.control),
    tell: async (scripts) => {
      const of = (system: PlannedScript['system']) => scripts.filter((planned) => planned.system === system);
      const forWarehouses = of('wms').map(({ script }) => script);
      await Promise.all([erp.tell(of('erp')), ...warehouses.map((warehouse) => warehouse.script(forWarehouses))]);
    },
    scripts: async () => (await Promise.all([erp, ...warehouses].map((each) => each.scripts()))).flat(),
    ledgers: async () => ({
      erp: await erp.ledger(),
      crm: readLedger(ledgerOf('crm')),
      wms: [...readLedger(ledgerOf('wms-north')), ...readLedger(ledgerOf('wms-south'))],
    }),
    stop: async () => {
      await Promise.all([erp.stop(), crm.stop(), north.stop(), south.stop()]);
    },
  };
}
