import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureText } from '../day/day.ts';
import { readDay } from '../day/read-day.ts';
import { closingLines } from '../display/closing.ts';
import { createProgress, type Progress, type Screen } from '../display/progress.ts';
import { mostTelling, storyLines } from '../display/story.ts';
import { dayTables } from '../display/tables.ts';
import type { DemoOptions } from '../options.ts';
import { signInLines } from '../people.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { makeWorld } from '../world.ts';
import { addressesOf } from './addresses.ts';
import { type DayRun, type DemoPlatform, type RunDayOptions, runDay } from './run-day.ts';
import { startSimulatedErp } from './simulated-erp.ts';
import { type DemoSystems, startSystems } from './systems.ts';

export interface DemoNeeds {
  /** Starts the platform, with an empty database, against the simulated systems. */
  readonly startPlatform: (
    systems: DemoSystems,
    port: number,
    nodes: Pick<DemoOptions, 'nodes' | 'killNodeAfter'>,
  ) => Promise<DemoPlatform>;
  readonly screen: Screen;
  /** Resolves when a person wants the demo to end. */
  readonly stopped: Promise<void>;
  readonly day?: RunDayOptions;
}

const print = (screen: Screen, lines: readonly string[]): void => screen.write(`${lines.join('\n')}\n`);

/** Why a file cannot be written, said before the day and not after it. */
async function refusalOf(option: string, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    await (await open(file, 'a')).close();
    return undefined;
  } catch (thrown) {
    return `--${option} ${file} cannot be written (${(thrown as NodeJS.ErrnoException).code}): name a file in a folder that is there`;
  }
}

async function tellTheEnd(screen: Screen, { report, observed, api }: DayRun): Promise<string | undefined> {
  print(screen, dayTables(report));
  const telling = mostTelling(observed, report);
  if (telling?.orderNumber === undefined) return undefined;
  print(screen, storyLines(telling, await api.narrative(telling.orderNumber)));
  return telling.orderNumber;
}

async function runWith(
  plan: Plan,
  directory: string,
  options: DemoOptions,
  needs: DemoNeeds,
  progress: Progress,
): Promise<number> {
  const { screen } = needs;
  const worldFile = join(directory, 'world.json');
  const world = makeWorld(plan);
  await writeFile(worldFile, JSON.stringify(world));
  progress.say(
    `${plan.orders.length} orders of ${world.customers.length} customers for ${world.items.length} items; starting ERP, CRM and two warehouses …`,
  );
  const systems = await startSystems({ worldFile, directory, seed: options.seed }, startSimulatedErp);
  try {
    progress.say(`starting PostgreSQL and the platform${options.nodes === 1 ? '' : `, ${options.nodes} nodes`} …`);
    const platform = await needs.startPlatform(systems, options.port, options);
    try {
      if (options.addresses !== undefined)
        await writeFile(options.addresses, JSON.stringify(addressesOf(platform, systems)));
      for (const line of signInLines(platform.url, platform.people ?? [])) progress.sayWhole(line);
      const day = runDay(plan, systems, platform, progress, needs.day);
      // When a person ends the demo first, what becomes of the day no longer matters.
      day.catch(() => undefined);
      const ended = await Promise.race([day, needs.stopped]);
      if (ended === undefined) return 130;
      const orderNumber = await tellTheEnd(screen, ended);
      if (options.report !== undefined) await writeFile(options.report, `${JSON.stringify(ended.report, null, 2)}\n`);
      if (!options.once) {
        const { url, apiKey } = platform;
        print(screen, closingLines({ url, apiKey, ...(orderNumber === undefined ? {} : { orderNumber }) }));
        await needs.stopped;
      }
      return ended.report.passed ? 0 : 1;
    } finally {
      await platform.stop();
    }
  } finally {
    await systems.stop();
  }
}

/**
 * Runs the demo: plans the day, starts everything, drives it, judges it, tells how it went. Answers the exit code: 0 when all
 * went as foreseen, 1 when not, 2 when the input cannot be used.
 */
export async function runDemo(options: DemoOptions, needs: DemoNeeds): Promise<number> {
  const { screen } = needs;
  const day = await readDay(options.input);
  if (!day.ok) {
    print(screen, ['The day cannot be used:', ...day.failures.map((failure) => `  ${failureText(failure)}`)]);
    return 2;
  }
  const refusal = (await refusalOf('report', options.report)) ?? (await refusalOf('addresses', options.addresses));
  if (refusal !== undefined) {
    print(screen, [refusal]);
    return 2;
  }
  const progress = createProgress(screen);
  progress.say(`${day.value.name}: ${day.value.rows} lines, ${day.value.orders.length} orders; seed ${options.seed}`);
  for (const note of day.value.notes) progress.say(note);
  const { seed, orders } = options;
  const plan = makePlan(day.value, { seed, ...(orders === undefined ? {} : { orders }) });
  const directory = await mkdtemp(join(tmpdir(), 'crossdock-demo-'));
  try {
    return await runWith(plan, directory, options, needs, progress);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
