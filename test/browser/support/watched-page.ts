import type { BrowserContext, Page, Request, Response } from 'playwright-core';
import { expect } from 'vitest';

/** A page of which everything that goes wrong is remembered. */
export interface WatchedPage {
  readonly page: Page;
  /** From now on an answer of this status, or a failed request, at an address that holds the text is meant. */
  expectTrouble(text: string, status?: number): void;
  /** Fails when something went wrong that was not meant. */
  isWell(): void;
}

interface Meant {
  readonly text: string;
  readonly status: number | undefined;
}

/** A request that the page itself gave up, by going elsewhere, has not failed. */
const isGivenUp = (request: Request): boolean => request.failure()?.errorText === 'net::ERR_ABORTED';

/** Opens a page that remembers errors of the console, of scripts, of requests, and bad answers. */
export async function watchedPage(context: BrowserContext): Promise<WatchedPage> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const troubles: string[] = [];
  const meant: Meant[] = [];
  const isMeant = (url: string, status?: number): boolean =>
    meant.some((each) => url.includes(each.text) && (each.status === undefined || each.status === status));
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => {
    if (!isGivenUp(request) && !isMeant(request.url()))
      troubles.push(`request: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response: Response) => {
    if (response.status() >= 400 && !isMeant(response.url(), response.status()))
      troubles.push(`answer: ${response.status()} ${response.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // What Chromium writes about a request is judged with the request.
    if (message.text().startsWith('Failed to load resource') || isMeant(message.location().url)) return;
    troubles.push(`console: ${message.text()} (${page.url()})`);
  });
  return {
    page,
    expectTrouble: (text, status) => void meant.push({ text, status }),
    isWell: () => expect(troubles).toEqual([]),
  };
}
