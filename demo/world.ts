import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Big } from 'big.js';
import { type Decimal, decimal } from '#model/kernel';
import type { World } from '../simulators/kit/index.ts';
import { failureText } from './day/day.ts';
import { readDay } from './day/read-day.ts';
import { carriedDay } from './options.ts';
import { pricesOf } from './plan/agreed-prices.ts';
import { makePlan } from './plan/make-plan.ts';
import { type Plan, type PlannedOrder, sites } from './plan/plan.ts';

const plain = (value: Big): Decimal => decimal(value.toFixed());

const worthOf = ({ submission }: PlannedOrder): Big =>
  submission.lines.reduce(
    (sum, { quantity, unitPrice }) => sum.plus(new Big(quantity).times(unitPrice).abs()),
    new Big(0),
  );

/** A customer may owe ten times what it orders on the day, and never less than a hundred thousand. */
function creditLimit(orders: readonly PlannedOrder[]): Decimal {
  const lowered = orders.find(({ incident }) => incident?.creditLimit !== undefined)?.incident?.creditLimit;
  if (lowered !== undefined) return lowered;
  const generous = orders.reduce((sum, order) => sum.plus(worthOf(order)), new Big(0)).times(10);
  return plain((generous.lt(100_000) ? new Big(100_000) : generous).round(0, Big.roundUp));
}

function customersOf(plan: Plan): World['customers'] {
  const byCustomer = Map.groupBy(plan.orders, ({ submission }) => submission.customer);
  return [...byCustomer].flatMap(([number, orders]) => {
    const [first] = orders;
    if (number === undefined || first === undefined) return [];
    const { country } = first.submission.shipTo;
    return [{ number, name: `Customer ${number}`, country, currency: 'GBP', creditLimit: creditLimit(orders) }];
  });
}

/** Everything that is ordered, unless it is what an incident has the sender mistype. */
function itemsOf(plan: Plan): World['items'] {
  const prices = pricesOf(plan.orders.map(({ submission }) => submission));
  const items = new Map<string, World['items'][number]>();
  for (const { submission, incident } of plan.orders) {
    for (const [at, { item, kind, description = '' }] of submission.lines.entries()) {
      if (incident?.kind === 'unknown-item' && incident.line === at) continue;
      const known = items.get(item);
      if (known !== undefined && (known.description !== item || description === '')) continue;
      items.set(item, { item, description: description || item, unit: 'EA', kind, listPrice: prices.list(item) });
    }
  }
  return [...items.values()];
}

function pricesOfCustomers(plan: Plan, items: ReadonlySet<string>): World['prices'] {
  const prices = new Map<string, World['prices'][number]>();
  for (const { submission, agreed } of plan.orders) {
    const { customer } = submission;
    if (customer === undefined) continue;
    for (const [at, { item, kind }] of submission.lines.entries()) {
      const unitPrice = agreed?.[at];
      if (kind === 'charge' || unitPrice === undefined || !items.has(item)) continue;
      prices.set(`${customer} ${item}`, { customer, item, unitPrice });
    }
  }
  return [...prices.values()];
}

/**
 * Plenty in both warehouses: each could ship the whole day, and the north always has more left than the south, so that
 * where a line ships from never depends on the order in which orders arrive. The plan's exceptions stand beside it.
 */
function stockOf(plan: Plan, items: World['items']): World['stock'] {
  const demand = new Map<string, Big>();
  for (const { submission } of plan.orders) {
    for (const { item, quantity } of submission.lines) {
      demand.set(item, (demand.get(item) ?? new Big(0)).plus(new Big(quantity).abs()));
    }
  }
  return items
    .filter(({ kind }) => kind === 'goods')
    .flatMap(({ item }) => {
      const wanted = (demand.get(item) ?? new Big(0)).round(0, Big.roundUp);
      const plenty = { NORTH: plain(wanted.times(3).plus(1_000)), SOUTH: plain(wanted.plus(100)) };
      const levels = plan.stock[item] ?? plenty;
      return sites.map((site) => ({ item, site, quantity: levels[site] }));
    });
}

/** What the systems must hold so that the plan can happen. */
export function makeWorld(plan: Plan): World {
  const items = itemsOf(plan);
  return {
    company: 'Crossdock Demo Wholesale',
    currency: 'GBP',
    taxPercent: '20',
    sites: [
      { site: 'NORTH', name: 'Northern warehouse' },
      { site: 'SOUTH', name: 'Southern warehouse' },
    ],
    customers: customersOf(plan),
    items,
    prices: pricesOfCustomers(plan, new Set(items.map(({ item }) => item))),
    stock: stockOf(plan, items),
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      input: { type: 'string', default: carriedDay },
      out: { type: 'string', default: 'world.json' },
      seed: { type: 'string', default: '1' },
      orders: { type: 'string' },
    },
  });
  const day = await readDay(values.input);
  if (!day.ok) {
    process.stderr.write(`${day.failures.map(failureText).join('\n')}\n`);
    process.exitCode = 2;
    return;
  }
  const orders = values.orders === undefined ? {} : { orders: Number(values.orders) };
  const world = makeWorld(makePlan(day.value, { seed: Number(values.seed), ...orders }));
  await writeFile(values.out, `${JSON.stringify(world)}\n`);
  process.stdout.write(
    `${values.out}: ${world.customers.length} customers, ${world.items.length} items, ${world.prices.length} prices\n`,
  );
}

if (import.meta.main) await main();
