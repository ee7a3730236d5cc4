import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, inject, onTestFailed } from 'vitest';
import { openChromium } from './browser.ts';
import { shoot } from './screenshots.ts';
import { type WatchedPage, watchedPage } from './watched-page.ts';

/** Opens pages of the demo's console as somebody who is signed in. */
export interface ConsoleOf {
  /** A context with somebody's session, or with nobody's. */
  context(person?: string, options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page of a new context. */
  as(person?: string, options?: BrowserContextOptions): Promise<WatchedPage>;
}

/** A browser for the tests of this file. */
export function useConsole(): ConsoleOf {
  const { url } = inject('demo');
  const sessions = inject('sessions');
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser?.close());

  async function context(person?: string, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    if (browser === undefined) throw new Error('the browser is opened before the first test');
    const made = await browser.newContext({
      baseURL: url,
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      timezoneId: 'Europe/London',
      ...options,
    });
    const value = person === undefined ? undefined : sessions[person];
    if (value !== undefined)
      await made.addCookies([{ name: 'crossdock_session', value, domain: '127.0.0.1', path: '/', httpOnly: true }]);
    return made;
  }
  return {
    context,
    as: async (person, options) => {
      const watched = await watchedPage(await context(person, options));
      onTestFailed(({ task }) =>
        shoot(watched.page, `failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}-${person}`),
      );
      return watched;
    },
  };
}
