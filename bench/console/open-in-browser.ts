import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is a browser to measure with. */
export const hasChromium = (): boolean => existsSync(chromiumPath);

/** What one visit of a page took, of a browser that has nothing of it yet. */
export interface Visit {
  /** From asking for the page until the first row stands there and the page answers to its reader, ms. */
  readonly interactiveMs: number;
  /** Bytes of script over the wire, and unpacked. */
  readonly transferred: number;
  readonly script: number;
}

interface Door {
  readonly url: string;
  /** Of somebody who is signed in. */
  readonly session: string;
}

/** Runs in the page: when the browser has drawn what it has and its thread is free again. */
const untilFree = `new Promise((resolve) =>
  requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => resolve(performance.now())))))`;

const scriptBytes = `performance.getEntriesByType('resource').filter(({ name }) => /\\.js$/.test(name))
  .map(({ transferSize, decodedBodySize }) => ({ transferSize, decodedBodySize }))`;

/** Opens the list of orders so many times, each in a browser of its own that knows nothing of the console. */
export async function openInBrowser({ url, session }: Door, times: number): Promise<readonly Visit[]> {
  const visits: Visit[] = [];
  for (let time = 0; time < times; time += 1) {
    // The sandbox wants user namespaces, which root in a container has not.
    const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      await context.addCookies([{ name: 'crossdock_session', value: session, url }]);
      const page = await context.newPage();
      await page.goto(`${url}/orders`, { waitUntil: 'commit' });
      await page.locator('tbody a[data-row]').first().waitFor({ state: 'visible', timeout: 60_000 });
      const interactiveMs = await page.evaluate<number>(untilFree);
      const scripts = await page.evaluate<{ transferSize: number; decodedBodySize: number }[]>(scriptBytes);
      const sum = (of: 'transferSize' | 'decodedBodySize'): number => scripts.reduce((all, each) => all + each[of], 0);
      visits.push({ interactiveMs, transferred: sum('transferSize'), script: sum('decodedBodySize') });
    } finally {
      await browser.close();
    }
  }
  return visits;
}
