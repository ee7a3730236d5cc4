import { writeFile } from 'node:fs/promises';
import { Registry } from 'prom-client';
import { ordersV1 } from '#business/apis/orders/v1';
import { orderLists } from '#main';
import { createGateway, createKey } from '#platform/gateway/runtime';
import { migrate, openDatabase } from '#platform/storage';
import { createLog } from '#platform/telemetry';
import type { BenchArguments } from '../kit/bench-arguments.ts';
import { startBenchServer } from '../kit/bench-server.ts';
import { textTable } from '../kit/text-table.ts';
import { type Asked, askAll, asOne } from './ask-all.ts';
import { loadOrders } from './load-orders.ts';
import { measureInteractive } from './measure-interactive.ts';
import { type Question, questionsOn } from './questions.ts';

/** P15 of the API: what a list may take at most, at the ninety-ninth percentile, ms. */
const target = 25;
const usualOrders = 1_000_000;
/** What *Today* counts: measured too, and no list. */
const counts: readonly string[] = ['stages', 'trucks'];
const sites = ['NORTH', 'SOUTH'];
const refused = (): never => {
  throw new Error('the bench only reads');
};

/** The orders API as the platform serves it; what lists do not read is not there. */
async function serve(databaseUrl: string) {
  const database = openDatabase({ url: databaseUrl, poolSize: 20, applicationName: 'bench-console' });
  const providers = { choose: refused, named: refused };
  const configuration = { sites, trucks: { NORTH: '16:30' } };
  const lists = orderLists({ database, engine: { lanes: async () => [] }, providers, configuration });
  const engine = { start: refused, deliver: refused, waitFor: refused, view: refused, journal: refused };
  const gateway = createGateway(
    {
      apis: [ordersV1],
      needs: {
        ...{
          engine,
          lists,
          numbers: { next: refused },
          catalogue: { customer: refused, item: refused, convert: refused },
        },
        effectStandings: refused,
        orderAudit: refused,
        cases: { list: refused },
        approvals: { isNeeded: refused, asked: refused, ask: refused },
      },
      database,
      log: createLog({ level: 'warn' }),
      metrics: { registry: new Registry() },
    },
    { plan: { name: 'bench', requests: 1_000_000, seconds: 1 } },
  );
  const { url } = await gateway.listen();
  const { key } = await createKey(database, { consumer: 'bench', scopes: ['orders:read', 'orders:read-all'] });
  return {
    url,
    key,
    close: async () => {
      await gateway.close();
      await database.close();
    },
  };
}

const row = ({ kind, count, p50, p95, p99, worst }: Asked): readonly string[] => [
  kind,
  String(count),
  ...[p50, p95, p99, worst].map((value) => value.toFixed(1)),
];

/** Runs `npm run bench -- console`: loads the orders, asks the mix, prints what each kind of question takes and writes it as JSON. */
export async function runConsole(given: BenchArguments, say: (line: string) => void): Promise<void> {
  const orders = given.orders ?? usualOrders;
  const parent = given.directory === undefined ? {} : { parent: given.directory };
  // So much is only written while it is filled.
  const server = await startBenchServer({ ...parent, settings: { max_wal_size: '8GB' } });
  if (server === undefined) throw new Error('the database does not start');
  try {
    const url = await server.createDatabase('console');
    await migrate(url);
    say(`loading ${orders} orders`);
    await loadOrders(url, orders, say);
    const questions: readonly Question[] = await questionsOn(url, 200);
    const api = await serve(url);
    let measured: object;
    try {
      say(`asking, ${given.rounds} rounds of ${given.seconds} s for the whole mix, 2 at a time`);
      const asked = await askAll(api, questions, given, 2);
      const all = asOne(
        'all order lists',
        asked.filter(({ kind }) => !counts.includes(kind)),
      );
      say(`\n${textTable(['', 'calls', 'p50 ms', 'p95 ms', 'p99 ms', 'worst'], [...asked, all].map(row))}`);
      const met = all.p99 <= target;
      say(
        `\nP15, list API over ${orders} orders: p99 ${all.p99.toFixed(1)} ms, target at most ${target} ms: ${met ? 'met' : 'missed'}`,
      );
      measured = {
        measure: 'P15',
        orders,
        unit: 'ms',
        target: { atMost: target },
        met,
        kinds: [...asked, all].map(({ times: _, ...kind }) => kind),
      };
    } finally {
      await api.close();
    }
    const interactive = await measureInteractive(url, say);
    const result = { ...measured, interactive: interactive ?? 'not run' };
    if (given.json !== undefined) await writeFile(given.json, `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    await server.stop();
  }
}
