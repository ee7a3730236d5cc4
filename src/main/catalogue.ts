import { setTimeout as wait } from 'node:timers/promises';
import { Catalogue, Stock } from '#model/capabilities';
import { type Call, type Capability, faultRecord, systemClock } from '#model/kernel';
import type { Log, Providers } from '#platform/engine/runtime';
import type { Inventory } from '#platform/inventory';
import type { Masterdata } from '#platform/masterdata';
import type { Leadership } from '#platform/storage';

export interface CatalogueNeeds {
  readonly providers: Providers;
  readonly masterdata: Masterdata;
  readonly inventory: Inventory;
  readonly sites: readonly string[];
  /** One node reads for all. */
  readonly lead: Leadership['lead'];
  /** Pause after a reading that failed, ms; longer where the system says so. Default 5 000. */
  readonly afterFailureMs?: number;
}

/** A first start waits so long for the first reading, by whichever node, ms. */
const firstReadingMs = 30_000;

/** Time for one page. */
const pageTimeoutMs = 60_000;

const call = (signal: AbortSignal): Call => ({
  key: 'catalogue',
  attempt: 1,
  signal: AbortSignal.any([signal, AbortSignal.timeout(pageTimeoutMs)]),
});

interface Page {
  readonly page?: string;
}

/** Every page of an answer, one after the other. */
async function* pages<Answer extends { readonly next?: string }>(
  read: (page: Page) => Promise<Answer>,
): AsyncGenerator<Answer> {
  for (let page: Page | undefined = {}; page; ) {
    const answer: Answer = await read(page);
    yield answer;
    page = answer.next === undefined ? undefined : { page: answer.next };
  }
}

const verbsOf = <Verbs>({ providers }: CatalogueNeeds, capability: Capability<Verbs>, site?: string): Verbs =>
  providers.choose(capability.name, site === undefined ? {} : { site }, systemClock.now()).verbs as Verbs;

/** Reads customers and items from their system of record into the master data that the door asks. */
async function readCatalogue(needs: CatalogueNeeds, signal: AbortSignal): Promise<void> {
  const source = verbsOf(needs, Catalogue);
  for await (const { customers } of pages((page) => source.customers(page, call(signal))))
    await needs.masterdata.load({ customers });
  for await (const { items } of pages((page) => source.items(page, call(signal))))
    await needs.masterdata.load({ items });
}

/** Reads the books' stock of every site; positions that are known already stay as they were counted here. */
async function readStock(needs: CatalogueNeeds, signal: AbortSignal): Promise<void> {
  for (const site of needs.sites) {
    const books = verbsOf(needs, Stock, site);
    for await (const { levels } of pages((page) => books.levels({ site, ...page }, call(signal))))
      await needs.inventory.setLevels(levels);
  }
}

/** Master data kept as the system of record has it. */
export interface FreshCatalogue {
  /** Ends the reading. */
  stop(): Promise<void>;
}

/**
 * Reads everything that the door and the stock must know, on one node for all, at the rhythm. What is known from before is in use at
 * once; a first start waits for the first reading. When a system is away what is known stays in use and it is tried again soon;
 * at a first start there is nothing yet, so the door refuses orders of unknown customers until a reading succeeds. Two nodes may read
 * for a moment when one was only thought dead: both write what the system of record says.
 */
export async function keepCatalogueFresh(needs: CatalogueNeeds, rhythmMs: number, log: Log): Promise<FreshCatalogue> {
  const { masterdata, lead, afterFailureMs = 5_000 } = needs;
  const isKnown = (): boolean => masterdata.size().customers > 0;
  let isReading = false;
  let hasTried = false;

  /** Answers when to read again, ms. */
  async function readAll(signal: AbortSignal): Promise<number> {
    try {
      await readCatalogue(needs, signal);
      await readStock(needs, signal);
      log('catalogue-read', { ...masterdata.size() });
      return rhythmMs;
    } catch (thrown) {
      const { kind, code, message, retryAfterMs = 0 } = faultRecord(thrown);
      if (!signal.aborted) log('catalogue-not-read', { kind, code, message });
      // Half of it may be missing, like the stock of one site: that cannot wait for the rhythm.
      return Math.min(rhythmMs, Math.max(afterFailureMs, retryAfterMs));
    }
  }

  async function keepReading(signal: AbortSignal): Promise<void> {
    isReading = true;
    while (!signal.aborted) {
      const pauseMs = await readAll(signal);
      hasTried = true;
      await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const isFirstStart = !isKnown();
  const led = lead('catalogue', keepReading);
  const until = performance.now() + firstReadingMs;
  // Who reads has all of it before its door opens; who waits for another node, at least the customers.
  while (isFirstStart && !hasTried && (isReading || !isKnown()) && performance.now() < until) {
    await wait(50);
    await masterdata.refresh().catch(() => undefined);
  }
  return { stop: led.stop };
}
