import { setTimeout as wait } from 'node:timers/promises';
import { Catalogue, Stock } from '#model/capabilities';
import { type Call, type Capability, faultRecord, systemClock } from '#model/kernel';
import type { Log, Providers } from '#platform/engine/runtime';
import type { Inventory } from '#platform/inventory';
import type { Masterdata } from '#platform/masterdata';

export interface CatalogueNeeds {
  readonly providers: Providers;
  readonly masterdata: Masterdata;
  readonly inventory: Inventory;
  readonly sites: readonly string[];
}

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
 * Reads everything that the door and the stock must know before the first order, then again at the rhythm. When a system is away
 * what is known stays in use and the next reading tries again; at the first start there is nothing yet, so the door refuses orders
 * of unknown customers until a reading succeeds.
 */
export async function keepCatalogueFresh(needs: CatalogueNeeds, rhythmMs: number, log: Log): Promise<FreshCatalogue> {
  const ending = new AbortController();
  const { signal } = ending;

  async function readAll(): Promise<void> {
    try {
      await readCatalogue(needs, signal);
      await readStock(needs, signal);
      log('catalogue-read', { ...needs.masterdata.size() });
    } catch (thrown) {
      if (signal.aborted) return;
      const { kind, code, message } = faultRecord(thrown);
      log('catalogue-not-read', { kind, code, message });
    }
  }

  async function keepReading(): Promise<void> {
    while (!signal.aborted) {
      // The first reading may have met a system that was still starting.
      const known = needs.masterdata.size().customers > 0;
      await wait(known ? rhythmMs : Math.min(rhythmMs, 5_000), undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await readAll();
    }
  }

  await readAll();
  const reading = keepReading();
  return {
    async stop() {
      ending.abort();
      await reading;
    },
  };
}
