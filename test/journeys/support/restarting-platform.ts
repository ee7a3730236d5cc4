import { eventually } from './eventually.ts';
import type { Site } from './installation.ts';
import { createOrdersApi, freshKey, type OrdersApi } from './orders-api.ts';
import type { Audit, CrashPlan, Passed } from './platform-messages.ts';
import { type PlatformProcess, preparePlatform, type SparePlatform } from './platform-process.ts';

/** What became of a planned crash. */
export interface Crash<Result> {
  /** The process that had the plan was ended by SIGKILL. */
  readonly died: boolean;
  readonly result: Result;
}

/** A Crossdock in a process of its own, with another that stands ready: when the first dies, the second starts at once. */
export interface RestartingPlatform {
  /** Of whichever process runs. */
  readonly api: OrdersApi;
  /** How many processes have died. */
  deaths(): number;
  /** Does the work while a process dies as planned, or lives; waits for the next one to be there. */
  through<Result>(plan: CrashPlan, work: () => Promise<Result>): Promise<Crash<Result>>;
  /** Each process that runs from now on dies by the next of these plans; asked for more work until every one of them has. */
  throughAll(plans: readonly CrashPlan[], work: () => Promise<unknown>): Promise<void>;
  /** The boundaries that are passed while the work is done. */
  count(work: () => Promise<unknown>): Promise<readonly Passed[]>;
  audit(runs: readonly { readonly flow: string; readonly key: string }[]): Promise<Audit>;
  stop(): Promise<void>;
}

/** A connection that was cut or refused, as `fetch` tells it. */
const isCut = (thrown: unknown): boolean =>
  thrown instanceof TypeError || (thrown instanceof Error && /terminated|socket|ECONN/.test(thrown.message));

export async function startRestartingPlatform(site: Site): Promise<RestartingPlatform> {
  // The next one goes on under the name of the one before: what that one owned is taken up at once.
  const start = { ...site, node: { engine: { node: 'node-1' } } };
  let spare: SparePlatform = preparePlatform(start);
  let current: PlatformProcess;
  let deaths = 0;
  let isEnding = false;
  /** What the processes to come are to die of. */
  let planned: readonly CrashPlan[] = [];
  /** Why there is no next one. */
  let failure: unknown;
  /** Whatever brings the next one up; rejected when it does not start. */
  let succession: Promise<void> = Promise.resolve();

  async function begin(): Promise<void> {
    const started = await spare.start();
    spare = preparePlatform(start);
    const [plan, ...rest] = planned;
    planned = rest;
    // It may die of it before it has answered.
    if (plan !== undefined) await started.watch(plan).catch(() => undefined);
    current = started;
    succession = current.ended.then(async (how) => {
      if (isEnding) return;
      if (how !== 'SIGKILL') throw new Error(`the platform's process ended by itself: ${how}`);
      deaths += 1;
      beginning = begin();
      await beginning;
    });
    succession.catch((thrown: unknown) => {
      failure = thrown;
    });
  }

  let beginning = begin();
  await beginning;
  /** Calls again, as a caller does whose connection was cut: with the same key it is the same request. */
  const insisting =
    <Arguments extends readonly unknown[], Result>(call: (...given: Arguments) => Promise<Result>) =>
    (...given: Arguments): Promise<Result> =>
      eventually('an answer', async () => {
        try {
          return await call(...given);
        } catch (thrown) {
          if (failure !== undefined) throw failure;
          if (isCut(thrown)) return undefined;
          throw thrown;
        }
      });
  const plain = createOrdersApi(() => current.url, site.apiKey);
  const api: OrdersApi = {
    ...plain,
    // The key is chosen before the first try: all tries are one request.
    submit: (body, options) => insisting(plain.submit)(body, { key: freshKey(), ...options }),
    order: (body, options) => insisting(plain.order)(body, { key: freshKey(), ...options }),
    narrative: insisting(plain.narrative),
    reaches: insisting(plain.reaches),
    in: insisting(plain.in),
  };

  return {
    api,
    deaths: () => deaths,
    through: async (plan, work) => {
      const before = current;
      const next = succession;
      await before.watch(plan);
      const result = await work();
      // Its answer comes after everything that the work made it do; a dead one does not answer.
      const died = await before.passed().then(
        () => false,
        () => true,
      );
      if (died) await next;
      return { died, result };
    },
    throughAll: async ([first, ...others], work) => {
      const wanted = deaths + others.length + 1;
      planned = others;
      if (first !== undefined) await current.watch(first);
      while (deaths < wanted) await work();
      await beginning;
    },
    count: async (work) => {
      await current.watch();
      await work();
      return current.passed();
    },
    audit: (runs) => current.audit(runs),
    stop: async () => {
      isEnding = true;
      await Promise.all([current.kill(), spare.kill()]);
    },
  };
}
