import { setTimeout as wait } from 'node:timers/promises';
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

export const s18: Scenario = {
  id: 'S18',
  title: '429 with Retry-After; 503 with nothing',
  holds: 'one probe of each node in the window, no storm, others unhurt',
  withTryton: true,
  drive: async (stage) => {
    const { proxy } = stage.systems.erp;
    calls(stage);
    const limited = stage.faults.plan(`429 with Retry-After ${windowSeconds}`);
    proxy.spoil({ how: 'refuse', by: tooMany, times: 1_000 });
    const numbers = await stage.submitMany(orders, () => [hearts(1)]);
    await stage.eventually('the first 429', () => (proxy.spoilt() > 0 ? true : undefined));
    limited();
    await wait(burstMs);
    const before = calls(stage);
    const asked = performance.now();
    numbers.concat(await stage.submitMany(2, () => [hearts(1)]));
    stage.must('orders are taken while the ERP is not', performance.now() - asked < 2_000);
    await wait((windowSeconds - 1) * 1_000 - burstMs);
    const inWindow = calls(stage) - before;
    stage.must(
      `at most one probe of each node in the window; there were ${inWindow} calls`,
      inWindow <= stage.nodes.length,
    );
    proxy.heal();
    await stage.atRest(numbers);

    const gone = stage.faults.plan('503 with nothing');
    const spoilt = proxy.spoilt();
    proxy.spoil({ how: 'refuse', by: away, times: 1_000 });
    const more = await stage.submitMany(orders, () => [hearts(1)]);
    await wait(3_000);
    const refused = proxy.spoilt() - spoilt;
    if (refused > 0) gone();
    // Threshold, what was under way, and probes that come ever more seldom, at each node.
    stage.must(
      `no storm on a system that is away; it was called ${refused} times in 3 s`,
      refused <= 40 * stage.nodes.length,
    );
    proxy.heal();
    await stage.atRest(more);
  },
};
