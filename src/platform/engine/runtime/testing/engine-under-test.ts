import type { Database } from '#platform/storage';
import type { Flow } from '../../flow.ts';
import { createEngine, type EngineNeeds } from '../create-engine.ts';
import type { Engine, Provider, RunView } from '../engine.ts';
import type { EngineOptions } from '../engine-options.ts';

export interface Setup {
  readonly database: Database;
  readonly flows: readonly Flow[];
  readonly provider: Provider;
  readonly needs?: Partial<EngineNeeds>;
  readonly options?: EngineOptions;
}

/** An engine whose every effect goes to one provider, and whose pauses are short. */
export const startEngine = ({ database, flows, provider, needs = {}, options = {} }: Setup): Promise<Engine> =>
  createEngine(
    {
      database,
      flows,
      providers: { choose: () => provider, named: () => provider },
      lanes: [{ instance: provider.instance, lane: provider.lane }],
      ...needs,
    },
    { timerTickMs: 10, sweepMs: 100, breakerCoolMs: 20, breakerThreshold: 50, graceMs: 2_000, ...options },
  );

/** Waits until a run has ended; throws where it stands when it does not. */
export async function ended(engine: Engine, flow: string, key: string, timeoutMs = 20_000): Promise<RunView> {
  const run = await engine.waitFor(flow, key, ({ phase }) => phase === 'ended', timeoutMs);
  if (run) return run;
  throw new Error(`${flow} ${key} did not end: ${JSON.stringify(await engine.view(flow, key))}`);
}

/** Asks again and again until it is so; throws after twenty seconds. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + 20_000; performance.now() < end; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`it never came to be: ${what}`);
}
