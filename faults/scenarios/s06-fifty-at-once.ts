import type { Scenario } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

export const s06: Scenario = {
  id: 'S06',
  title: 'the same order 50 times at once with one key, at both nodes',
  holds: 'one order; another body 422; no key 400',
  mustRetry: false,
  drive: async (stage) => {
    const { client, nodes, faults } = stage;
    const key = `fifty-${stage.seed}`;
    const purchaseOrder = client.freshPurchaseOrder();
    const fired = faults.plan('fifty at once');
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, place) =>
        client.trySubmit([hearts(3)], { key, purchaseOrder, at: stage.node(place % nodes.length) }),
      ),
    );
    fired();
    const statuses = [...new Set(answers.map(({ status }) => status))];
    stage.must(
      `every one of fifty is acknowledged; they were answered ${statuses.join(', ')}`,
      statuses.join() === '202',
    );
    const replayed = answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true').length;
    stage.must(`49 of fifty are told that it is a repetition; ${replayed} were`, replayed === 49);
    for (const node of nodes) {
      const other = await client.trySubmit([hearts(4)], { key, purchaseOrder, at: node });
      stage.must(
        `another body under the key is answered 422 at ${node.name}; it was ${other.status}`,
        other.status === 422,
      );
      const body = { customer: '17850', currency: 'GBP', lines: [hearts(1)] };
      const without = await node.api.submit(body, { key: null });
      stage.must(`no key is answered 400 at ${node.name}; it was ${without.status}`, without.status === 400);
    }
  },
};
