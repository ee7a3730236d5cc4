import type { DayEvidence } from '../check/check-day.ts';
import { checkDay, isAsForeseen } from '../check/check-day.ts';
import type { Progress } from '../display/progress.ts';
import { createCrmDesk } from '../drive/crm-desk.ts';
import { driveDay } from '../drive/drive-day.ts';
import { followLedger } from '../drive/ledger-tail.ts';
import type { Observed } from '../drive/observed.ts';
import { createOrdersApi, type OrdersApi } from '../drive/orders-api.ts';
import { pollingWatch, type Watch } from '../drive/watch.ts';
import { foreseeDay } from '../oracle/foresee.ts';
import type { DemoPerson } from '../people.ts';
import type { Plan } from '../plan/plan.ts';
import { makeReport } from '../report/make-report.ts';
import type { Report } from '../report/report.ts';
import { currentCommit } from './commit.ts';
import { type SettleOptions, settle } from './settle.ts';
import type { DemoSystems } from './systems.ts';

/** The platform, as the day needs it. */
export interface DemoPlatform {
  /** E.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Other nodes of the same installation; requests go to all in turn. */
  readonly others?: readonly string[];
  /** With the scopes `orders:read`, `orders:write`, `orders:release-holds` and `orders:read-all`. */
  readonly apiKey: string;
  /** Who may sign in, and how. */
  readonly people?: readonly DemoPerson[];
  /** Is what came of this opportunity in quarantine? */
  readonly isQuarantined: (opportunity: string) => Promise<boolean>;
  /** A better way to watch an order than to ask again and again. */
  readonly watch?: Watch;
  /** Told when an order has ended; answers what happened because of it, if anything. */
  readonly told?: () => string | undefined;
  stop(): Promise<void>;
}

export interface RunDayOptions extends SettleOptions {
  /** An order that does not move for so long is given up, ms. Default 120,000. */
  readonly timeoutMs?: number;
  readonly atOnce?: number;
}

export interface DayRun {
  readonly report: Report;
  readonly observed: readonly Observed[];
  readonly api: OrdersApi;
}

/** As many stories as are read for the times of their stages. */
const mostNarratives = 300;

const spread = <Element>(elements: readonly Element[], most: number): readonly Element[] =>
  elements.filter(
    (_, at) => Math.floor((at * most) / elements.length) !== Math.floor(((at - 1) * most) / elements.length),
  );

async function narrativesOf(api: OrdersApi, observed: readonly Observed[]): Promise<readonly unknown[]> {
  const numbers = spread(
    observed.flatMap(({ orderNumber }) => orderNumber ?? []),
    mostNarratives,
  );
  const narratives: unknown[] = [];
  const waiting = numbers.values();
  const read = async (): Promise<void> => {
    for (const orderNumber of waiting) narratives.push(await api.narrative(orderNumber));
  };
  await Promise.all(Array.from({ length: 4 }, read));
  return narratives;
}

/** Runs the planned day against the platform and the systems, and judges it by the oracle and the ledgers. */
export async function runDay(
  plan: Plan,
  systems: DemoSystems,
  platform: DemoPlatform,
  progress: Progress,
  options: RunDayOptions = {},
): Promise<DayRun> {
  const api = createOrdersApi(platform);
  const ledger = followLedger(systems.crmLedger);
  const crm = createCrmDesk({ crm: systems.crmControl, ledger, isQuarantined: platform.isQuarantined });
  const watch = platform.watch ?? pollingWatch(api.order);
  const from = performance.now();
  try {
    progress.begin(plan.orders.length);
    const observed = await driveDay(
      plan,
      { api, crm, watch, script: systems.tell },
      {
        timeoutMs: options.timeoutMs ?? 120_000,
        run: `day-${plan.seed}`,
        onTold: (order) => {
          progress.told(order);
          const happened = platform.told?.();
          if (happened !== undefined) progress.say(happened);
        },
        ...(options.atOnce === undefined ? {} : { atOnce: options.atOnce }),
      },
    );
    progress.end();
    const durationMs = performance.now() - from;
    const expected = foreseeDay(plan);
    const evidence = await settle(async () => {
      const ledgers = await systems.ledgers();
      const found: DayEvidence = { plan, expected, observed, ledgers, scripts: await systems.scripts() };
      const size = ledgers.erp.length + ledgers.crm.length + ledgers.wms.length;
      return { evidence: found, size, isWell: isAsForeseen(checkDay(found)) };
    }, options);
    const narratives = await narrativesOf(api, observed);
    const commit = await currentCommit();
    const report = makeReport({ evidence, narratives, durationMs, ...(commit === undefined ? {} : { commit }) });
    return { report, observed, api };
  } finally {
    await ledger.stop();
  }
}
