import { setTimeout as wait } from 'node:timers/promises';
import { mustBeToldToTheEnd, newsIn, winMany } from '../kit/crm.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';
import { httpAnswer } from './erp-writes.ts';

/** The catalogue's 600 seconds, shortened. */
const windowSeconds = 5;
const orders = 12;
/** Calls that were under way when the first was told. */
const burstMs = 700;

const tooMany = httpAnswer('429 Too Many Requests', 'slow down', `retry-after: ${windowSeconds}\r\n`);
const away = httpAnswer('503 Service Unavailable', '');

/** Calls that reach the ERP's door. */
const calls = (stage: Stage): number => stage.systems.erp.proxy.requests('POST ');

/** Rounds trip of orders that need the ERP and a warehouse, ms. */
async function timeOfOrders(stage: Stage): Promise<number> {
  const from = performance.now();
  await stage.atRest(await stage.submitMany(orders, () => [hearts(1)]));
  return performance.now() - from;
}

/** An order that its warehouse has and keeps until it is asked to stop. */
async function keptByItsWarehouse(stage: Stage): Promise<string> {
  const purchaseOrder = stage.client.freshPurchaseOrder();
  await stage.script('north', [{ purchaseOrder, behaviour: 'accept-cancellation' }]);
  const orderNumber = await stage.submit([hearts(1)], { purchaseOrder });
  await received(stage, 'release-received', orderNumber);
  return orderNumber;
}

const received = (stage: Stage, kind: string, orderNumber: string): Promise<true> =>
  stage.eventually(`${kind} of ${orderNumber}`, async () => {
    const entries = await stage.ledger('north');
    const isIt = entries.some((each) => each.kind === kind && String(each.fulfilmentNumber).startsWith(orderNumber));
    return isIt ? true : undefined;
  });

async function retryAfter(stage: Stage): Promise<void> {
  const { proxy } = stage.systems.erp;
  const kept = stage.isTryton ? undefined : await keptByItsWarehouse(stage);
  calls(stage);
  const limited = stage.faults.plan(`429 with Retry-After ${windowSeconds}`);
  proxy.spoil({ how: 'refuse', by: tooMany, times: 1_000 });
  const numbers = [...(await stage.submitMany(orders, () => [hearts(1)]))];
  await stage.eventually('the first 429', () => (proxy.spoilt() > 0 ? true : undefined));
  limited();
  const told = performance.now();
  await wait(burstMs);
  const before = calls(stage);
  const asked = performance.now();
  numbers.push(...(await stage.submitMany(2, () => [hearts(1)])));
  stage.must('orders are taken while the ERP is not', performance.now() - asked < 2_000);
  if (kept !== undefined) {
    await stage.cancel(kept, 'bought elsewhere');
    await received(stage, 'cancel-received', kept);
    stage.must('a warehouse is asked while the ERP is not', performance.now() - told < (windowSeconds - 0.5) * 1_000);
    numbers.push(kept);
  }
  await wait(Math.max(0, (windowSeconds - 1) * 1_000 - (performance.now() - told)));
  const inWindow = calls(stage) - before;
  stage.figure('calls in the window of Retry-After', inWindow);
  stage.must(`at most one probe of all nodes in the window; there were ${inWindow} calls`, inWindow <= 1);
  proxy.heal();
  await stage.atRest(numbers);
}

/**
 * The CRM's allowance is used up, which it tells by 400 and a code; how long that lasts its connector knows: a minute. Its lane waits, and
 * nobody else does. Answers the opportunities that are still to be told of their orders.
 */
async function limitBy400(stage: Stage): Promise<readonly string[]> {
  const usual = await timeOfOrders(stage);
  await stage.script('crm', [{ on: 'PATCH Opportunity', behaviour: 'limit-by-400' }]);
  const opportunities = await winMany(stage, 4);
  const told = (): number => opportunities.flatMap((each) => newsIn(stage, each)).length;
  await stage.eventually('the 400', async () => {
    const scripts = await stage.systems.crm.scripts();
    return scripts.every(({ fired }) => fired > 0) ? true : undefined;
  });
  await wait(burstMs);
  const before = told();
  const meanwhile = await timeOfOrders(stage);
  await wait(2_000);
  const inWindow = told() - before;
  stage.figure('orders beside a limit', `${Math.round(meanwhile)} ms, usually ${Math.round(usual)} ms`);
  stage.must(
    `nothing is written to the CRM until its allowance may be back; there were ${inWindow} calls`,
    inWindow <= 1,
  );
  stage.must(
    `the other lanes go on as usual: ${Math.round(meanwhile)} ms instead of ${Math.round(usual)} ms`,
    meanwhile < 2 * usual + 1_000,
  );
  return opportunities;
}

async function awayWithNothing(stage: Stage): Promise<void> {
  const { proxy } = stage.systems.erp;
  const gone = stage.faults.plan('503 with nothing');
  const spoilt = proxy.spoilt();
  proxy.spoil({ how: 'refuse', by: away, times: 1_000 });
  const more = await stage.submitMany(orders, () => [hearts(1)]);
  await wait(3_000);
  const refused = proxy.spoilt() - spoilt;
  if (refused > 0) gone();
  stage.figure('calls in 3 s of an outage', refused);
  // Threshold and what was under way, at each node; then the installation's one probe, ever more seldom.
  stage.must(`no storm on a system that is away; it was called ${refused} times in 3 s`, refused <= 40);
  proxy.heal();
  await stage.atRest(more);
}

export const s18: Scenario = {
  id: 'S18',
  title: '429 with Retry-After (5 s for the 600); a limit told by 400; 503 with nothing',
  holds: 'one probe of all nodes in the window, no storm, others unhurt',
  withTryton: true,
  drive: async (stage) => {
    // A minute cannot be shortened: the sample does without.
    const untold = stage.isShort ? [] : await limitBy400(stage);
    await retryAfter(stage);
    await awayWithNothing(stage);
    await mustBeToldToTheEnd(stage, untold);
  },
};
