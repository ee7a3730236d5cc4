import { expect, test, vi } from 'vitest';
import { Fault } from '#model/kernel';
import { type CatalogueNeeds, keepCatalogueFresh } from './catalogue.ts';

const hour = 3_600_000;

/** Books whose customers are read at once and whose stock of the south answers as told. */
function setUp(south: () => Promise<object>) {
  let customers = 0;
  const sites: string[] = [];
  const stopping = new AbortController();
  const verbs = {
    customers: async () => ({ customers: [{}] }),
    items: async () => ({ items: [] }),
    levels: async ({ site }: { readonly site: string }) => {
      sites.push(site);
      return site === 'SOUTH' ? south() : { levels: [] };
    },
  };
  const parts = {
    providers: { choose: () => ({ verbs }) },
    masterdata: {
      size: () => ({ customers, items: 0 }),
      load: async (loaded: { readonly customers?: readonly object[] }) => {
        customers += loaded.customers?.length ?? 0;
      },
      refresh: async () => undefined,
    },
    inventory: { setLevels: vi.fn(async () => undefined) },
    sites: ['NORTH', 'SOUTH'],
    lead: (_: string, work: (signal: AbortSignal) => Promise<void>) => {
      const working = work(stopping.signal);
      return {
        stop: async () => {
          stopping.abort();
          await working;
        },
      };
    },
    afterFailureMs: 20,
  };
  return { needs: parts as unknown as CatalogueNeeds, sites, setLevels: parts.inventory.setLevels };
}

test('a first start waits for the stock of every site, not for the customers alone', async () => {
  const held = Promise.withResolvers<object>();
  const { needs, sites } = setUp(() => held.promise);
  let isOpen = false;
  const starting = keepCatalogueFresh(needs, hour, () => undefined).then((fresh) => {
    isOpen = true;
    return fresh;
  });
  await expect.poll(() => sites).toEqual(['NORTH', 'SOUTH']);
  // Longer than its looks are apart.
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(isOpen).toBe(false);
  held.resolve({ levels: [] });
  await (await starting).stop();
});

test('a reading that broke off half way is made again soon, not at the next turn of the rhythm', async () => {
  const behaviours = [new Fault('transient', { code: 'rate-limited', message: 'slow down', retryAfterMs: 40 })];
  const { needs, setLevels } = setUp(async () => {
    const fault = behaviours.shift();
    if (fault) throw fault;
    return { levels: [] };
  });
  const fresh = await keepCatalogueFresh(needs, hour, () => undefined);
  await expect.poll(() => setLevels.mock.calls.length).toBe(3);
  await fresh.stop();
});
