import { writeFile } from 'node:fs/promises';
import { figureBook } from '#business/figures';
import { customerNotices, fulfilment, orderNews, orderToCash } from '#business/flows';
import { systemClock } from '#model/kernel';
import { bringUpToDate, createFigureDesk } from '#platform/figures/runtime';
import { type Database, migrate, openDatabase } from '#platform/storage';
import type { BenchArguments } from '../kit/bench-arguments.ts';
import { startBenchServer } from '../kit/bench-server.ts';
import { median } from '../kit/statistics.ts';
import { textTable } from '../kit/text-table.ts';
import { journals, names, samples, siteSets, stale, standings, stays } from './sql/samples.ts';

const usualOrders = 1_000_000;
const days = 399;
const timeZone = 'Europe/London';
const ofOneWarehouse = ', of one warehouse';
/** What one figure, and all of them, may take, ms. */
const targets = { one: 300, all: 1_000 } as const;
/** Courses that are looked at to see how fast that goes. */
const looked = 5_000;

const book = figureBook([orderToCash, fulfilment, orderNews, customerNotices]);
const inUnit = (unit: string): readonly string[] =>
  book.sets.flatMap(({ always }) => always.filter((each) => each.unit === unit)).map(({ figure }) => figure);
/** Of each order: the key figures, and a stay in each of the ten stages that orders and fulfilments go through. */
const durations = inUnit('seconds').filter(
  (figure) =>
    !figure.startsWith('latency-') ||
    /-(checking|reserving|booking|fulfilling|closing|releasing|unacknowledged|released|issuing|invoicing)$/.test(
      figure,
    ),
);

async function load({ pool }: Database, orders: number, say: (line: string) => void): Promise<void> {
  const begun = performance.now();
  const step = (what: string): void =>
    say(`  ${((performance.now() - begun) / 1_000).toFixed(0).padStart(4)} s  ${what}`);
  const every = [durations, inUnit('share'), inUnit('count')];
  await pool.query('alter table figure_sample drop constraint figure_sample_pkey; drop index sample_of_day');
  await pool.query(names, [every.flat()]);
  await pool.query(siteSets);
  const { rowCount } = await pool.query(samples, [orders, days, ...every, timeZone]);
  step(`${rowCount} samples of ${every.flat().length} figures`);
  await pool.query(`alter table figure_sample add primary key (course, figure, part)`);
  await pool.query(`create index sample_of_day on figure_sample (figure, day, value, course, part)`);
  await pool.query('vacuum analyze figure_sample');
  step('indexes');
  await pool.query(stale);
}

/** Runs `npm run bench -- figures`: loads samples of a year, sums them up, and asks for every figure and for all of them. */
export async function runFigures(given: BenchArguments, say: (line: string) => void): Promise<void> {
  const orders = given.orders ?? usualOrders;
  const parent = given.directory === undefined ? {} : { parent: given.directory };
  const server = await startBenchServer({ ...parent, settings: { max_wal_size: '8GB', maintenance_work_mem: '1GB' } });
  if (server === undefined) throw new Error('the database does not start');
  try {
    const url = await server.createDatabase('figures');
    await migrate(url);
    const database = openDatabase({ url, poolSize: 4, applicationName: 'bench-figures' });
    try {
      say(`loading samples of ${orders} orders`);
      await load(database, orders, say);
      const needs = { database, sets: book.sets, timeZone, clock: systemClock };
      const summing = performance.now();
      await bringUpToDate(needs, false);
      say(
        `  summed up in ${((performance.now() - summing) / 1_000).toFixed(1)} s; today is not, so that it comes from its samples`,
      );
      await database.pool.query('vacuum analyze');
      await measure(database, orders, given, say);
      await pace(database, say);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

async function measure(
  database: Database,
  orders: number,
  given: BenchArguments,
  say: (line: string) => void,
): Promise<void> {
  const desk = createFigureDesk({ database, book, timeZone, clock: systemClock });
  const from = new Date(Date.now() - days * 86_400_000).toISOString();
  const asked = {
    'the last seven days': {},
    [`${days} days`]: { from },
    'two days, by the hour': { from: new Date(Date.now() - 2 * 86_400_000).toISOString() },
    [`${days} days${ofOneWarehouse}`]: { from, sites: ['NORTH'] },
  };
  const took = async (work: () => Promise<unknown>): Promise<number> => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  const rows = [];
  for (const [time, query] of Object.entries(asked)) {
    const one: number[] = [];
    for (const figure of [...durations, ...inUnit('share'), ...inUnit('count')])
      one.push(await took(() => desk.read({ ...query, figure })));
    const all: number[] = [];
    for (let round = 0; round < given.rounds; round += 1) all.push(await took(() => desk.read(query)));
    const evidence = await took(() => desk.evidence({ ...query, figure: 'order-cycle-time', limit: 50 }));
    rows.push({ time, worstFigure: Math.max(...one), all: median(all), evidence });
  }
  const shown = rows.map(({ time, worstFigure, all, evidence }) => [
    time,
    ...[worstFigure, all, evidence].map((ms) => ms.toFixed(0)),
  ]);
  say(`\n${textTable(['asked for', 'slowest figure ms', 'all figures ms', 'page of evidence ms'], shown)}`);
  // Who sees one warehouse only is told beside it: days of such callers have no months to be read by.
  const met = rows
    .filter(({ time }) => !time.endsWith(ofOneWarehouse))
    .every(({ worstFigure, all }) => worstFigure <= targets.one && all <= targets.all);
  say(
    `\nfigures over ${orders} orders: of all warehouses targets ${targets.one} ms for one and ${targets.all} ms for all: ${met ? 'met' : 'missed'}`,
  );
  const result = { measure: 'figures', orders, unit: 'ms', targets, met, rows };
  if (given.json !== undefined) await writeFile(given.json, `${JSON.stringify(result, null, 2)}\n`);
}

/** How fast courses are looked at. */
async function pace(database: Database, say: (line: string) => void): Promise<void> {
  for (const statement of [standings, stays, journals])
    await database.pool.query(statement, statement === standings ? [looked] : []);
  await database.pool.query('analyze standing, stay, journal');
  const begun = performance.now();
  await bringUpToDate({ database, sets: book.sets, timeZone, clock: systemClock }, false);
  const seconds = (performance.now() - begun) / 1_000;
  say(`the sampler looks at ${(looked / seconds).toFixed(0)} orders a second, with a journal of 20 rows each`);
}
