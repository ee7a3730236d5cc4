import type { TestProject } from 'vitest/node';
import { hasChromium, openChromium } from './browser.ts';
import { type DemoAddresses, startDemo } from './demo-process.ts';
import { sessionOf } from './session.ts';

declare module 'vitest' {
  interface ProvidedContext {
    demo: DemoAddresses;
    /** Session cookies of everybody but the operator, who comes in by her link herself. */
    sessions: Readonly<Record<string, string>>;
  }
}

/** Few enough for a day of half a minute, enough for every kind of incident. */
const orders = 80;

/** One demo for all stories, which begin when its day is over. */
// biome-ignore lint/style/noDefaultExport: vitest asks for the default.
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Said before anything is started.
  if (!hasChromium()) await openChromium();
  const { addresses, dayOver, stop } = await startDemo(orders);
  try {
    const others = Object.entries(addresses.people).filter(([name]) => name !== 'olga');
    const sessions = await Promise.all(others.map(async ([name, link]) => [name, await sessionOf(link)] as const));
    project.provide('demo', addresses);
    project.provide('sessions', Object.fromEntries(sessions));
    await dayOver;
    return stop;
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}
