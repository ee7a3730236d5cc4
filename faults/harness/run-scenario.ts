import { check, countCompleted, countOrders, countParked, vacuous } from '../check/check.ts';
import type { Finding } from '../check/evidence.ts';
import { parkedBeyond } from '../check/parked.ts';
import type { DatabaseServer } from '../kit/database-server.ts';
import { storyOf } from '../kit/look.ts';
import type { Traced } from '../kit/node.ts';
import { type OpenStage, openStage, type StageOptions } from '../kit/open-stage.ts';
import { systemNames } from '../kit/outside.ts';
import { type OwnServer, openOwnServer } from '../kit/own-server.ts';
import type { Scenario } from '../kit/scenario.ts';
import type { NotRun } from '../scenarios/not-run.ts';
import { gather, ordersToJudge, quietLedgers } from './gather.ts';

/** What came of one scenario. The first seven members are the report's contract. */
export interface Outcome {
  readonly scenario: string;
  readonly acknowledged: number;
  /** How often planned faults showed themselves. */
  readonly fired: number;
  readonly lost: number;
  readonly doubled: number;
  readonly parked: number;
  /** From the last fault until every order was at rest. */
  readonly recoverySeconds: number;
  /** `not run` is not passed. */
  readonly verdict: 'passed' | 'failed' | 'not run';
  readonly seed: number;
  readonly erp: 'simulated' | 'tryton';
  /** Effects that were sent again or asked about, and calls that the client repeated. */
  readonly retries: number;
  readonly seconds: number;
  /** What the scenario measured beside. */
  readonly figures: Readonly<Record<string, number | string>>;
  /** Why it failed or did not run. */
  readonly findings: readonly string[];
  /** Stories of the first orders that are named in a finding. */
  readonly stories: Readonly<Record<string, readonly string[]>>;
  /** Changed lines of source in the nodes: seeded bugs. */
  readonly mutations: number;
}

/** Sendings after the first of a key, and questions. */
export function retriesIn(trace: readonly Traced[]): number {
  const sent = new Set<string>();
  let again = 0;
  for (const { point, key = '' } of trace) {
    if (point === 'before-ask') again += 1;
    if (point !== 'before-send') continue;
    if (sent.has(key)) again += 1;
    sent.add(key);
  }
  return again;
}

const line = ({ rule, orderNumber, what }: Finding): string =>
  `${rule}${orderNumber === undefined ? '' : ` order ${orderNumber}`}: ${what}`;

const seconds = (milliseconds: number): number => Math.round(milliseconds / 100) / 10;

/** The order's story, and between its lines what the nodes passed on the way. */
async function tellAll(stage: OpenStage, orderNumber: string): Promise<readonly string[]> {
  const passed = stage.nodes.flatMap((node) =>
    node
      .trace()
      .flatMap(({ at, point, key = '', attempt = '' }) =>
        key.includes(`:${orderNumber}`)
          ? [`${new Date(at).toISOString()} ${node.name} passed ${point} ${key} ${attempt}`.trimEnd()]
          : [],
      ),
  );
  return [...(await storyOf(stage.client, orderNumber)), ...passed].sort();
}

/** So many stories stand in an outcome. */
const toldStories = 3;

async function judge(stage: OpenStage, scenario: Scenario, failure: string | undefined) {
  let restFailure: string | undefined;
  try {
    await stage.atRest(await ordersToJudge(stage), scenario.boundMs);
  } catch (thrown) {
    restFailure = thrown instanceof Error ? thrown.message : String(thrown);
  }
  const recoveryMs = stage.faults.lastAt() === 0 ? 0 : performance.now() - stage.faults.lastAt();
  await quietLedgers(stage);
  const evidence = await gather(stage);
  const scripted = (await Promise.all(systemNames.map((name) => stage.systems[name].scripts()))).flat();
  const planned = [...stage.faults.list(), ...scripted];
  const retries = retriesIn(stage.nodes.flatMap((node) => node.trace()).sort((a, b) => a.at - b.at)) + stage.retries();
  const mine = [failure, restFailure, ...stage.breaches()].filter((what) => what !== undefined);
  const findings: readonly Finding[] = [
    ...mine.map((what): Finding => ({ rule: scenario.id, means: 'wrong', what })),
    ...check(evidence, { erpKeepsTime: !stage.isTryton }),
    ...parkedBeyond(evidence, scenario.id, scenario.mayPark),
    ...vacuous({
      acknowledged: evidence.acknowledged.length,
      completed: countCompleted(evidence),
      ...(scenario.completesNothing === undefined ? {} : { completesNothing: scenario.completesNothing }),
      planned,
      retries,
      mustRetry: scenario.mustRetry ?? true,
    }),
  ];
  const named = [...new Set(findings.flatMap(({ orderNumber }) => (orderNumber === undefined ? [] : [orderNumber])))];
  const stories = await Promise.all(
    named.slice(0, toldStories).map(async (number) => [number, await tellAll(stage, number)] as const),
  );
  return {
    stories: Object.fromEntries(stories),
    acknowledged: evidence.acknowledged.length,
    fired: planned.reduce((total, { fired }) => total + fired, 0),
    lost: countOrders(findings, 'lost'),
    doubled: countOrders(findings, 'doubled'),
    parked: countParked(evidence),
    recoverySeconds: seconds(recoveryMs),
    retries: retries + stage.client.retries(),
    figures: stage.figures(),
    findings: findings.map(line),
    mutations: Math.max(...stage.nodes.map((node) => node.mutations())),
  };
}

const nothing = {
  acknowledged: 0,
  fired: 0,
  lost: 0,
  doubled: 0,
  parked: 0,
  recoverySeconds: 0,
  retries: 0,
  mutations: 0,
  figures: {},
  stories: {},
};

/** The row of what was not run, with its reason. */
export const outcomeOfNotRun = ({ id, because }: NotRun, seed: number): Outcome => ({
  ...nothing,
  scenario: id,
  seed,
  erp: 'simulated',
  verdict: 'not run',
  seconds: 0,
  findings: [because],
});

/** Tells the runner what is open, so that an interrupted run can end it. */
export type Opened = (close: (() => Promise<void>) | undefined) => void;

/** Runs a scenario on a stage of its own and judges it. Never throws for what the scenario did; a stage that cannot be built is a finding. */
export async function runScenario(
  server: DatabaseServer,
  scenario: Scenario,
  options: StageOptions,
  opened: Opened = () => undefined,
): Promise<Outcome> {
  const erp = options.trytonHome === undefined ? 'simulated' : 'tryton';
  const common = { scenario: scenario.id, seed: options.seed, erp } as const;
  const because = scenario.notHere?.();
  if (because !== undefined) return { ...outcomeOfNotRun({ id: scenario.id, because }, options.seed), erp };
  const from = performance.now();
  let stage: OpenStage | undefined;
  let failure: string | undefined;
  let own: OwnServer | undefined;
  const close = async (): Promise<void> => {
    await stage?.close();
    await own?.close();
  };
  try {
    opened(close);
    const wanted = scenario.setting?.server;
    own = wanted === undefined ? undefined : await openOwnServer(wanted);
    stage = await openStage(own?.server ?? server, scenario, { ...options, ...(own === undefined ? {} : { own }) });
    try {
      await scenario.drive(stage);
    } catch (thrown) {
      failure = thrown instanceof Error ? thrown.message : String(thrown);
    }
    const judged = await judge(stage, scenario, failure);
    const verdict = judged.findings.length === 0 ? 'passed' : 'failed';
    return { ...common, ...judged, verdict, seconds: seconds(performance.now() - from) };
  } catch (thrown) {
    const what = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    const known = stage?.breaches() ?? [];
    const findings = [
      `${scenario.id}: it could not be judged: ${what}`,
      ...(failure === undefined ? [] : [`${scenario.id}: ${failure}`]),
      ...known.map((breach) => `${scenario.id}: ${breach}`),
    ];
    return { ...common, ...nothing, verdict: 'failed', seconds: seconds(performance.now() - from), findings };
  } finally {
    await close();
    opened(undefined);
  }
}
