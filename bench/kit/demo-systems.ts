import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  carriedDay,
  demoInstallation,
  makePlan,
  makeWorld,
  readDay,
  startSimulatedErp,
  startSystems,
} from '../../demo/index.ts';

/** The demo's outside systems, and the configuration of an installation that works with them. */
export interface DemoSystems {
  readonly configuration: Awaited<ReturnType<typeof demoInstallation>>;
  stop(): Promise<void>;
}

/** Starts them as they are before the day; what they write stands in `directory`. */
export async function startDemoSystems(directory: string): Promise<DemoSystems> {
  const day = await readDay(carriedDay);
  if (!day.ok) throw new Error('the carried day cannot be read');
  const worldFile = join(directory, 'world.json');
  await writeFile(worldFile, JSON.stringify(makeWorld(makePlan(day.value, { seed: 1, orders: 10 }))));
  const systems = await startSystems({ worldFile, directory, seed: 1 }, startSimulatedErp);
  try {
    return { configuration: await demoInstallation(systems, directory), stop: () => systems.stop() };
  } catch (thrown) {
    await systems.stop();
    throw thrown;
  }
}
