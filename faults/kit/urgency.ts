import type { Stage } from './scenario.ts';
import { hearts } from './world.ts';

/** Sendings are looked at in pairs of one node: a release, and a cancellation that waited as well. */
const mostWrong = 0.1;

/**
 * The north warehouse is away while releases come to wait for it, and after them requests to cancel, which are more urgent: when it is
 * back, each node sends those first although they came last. The ERP's effects are all of one priority; a warehouse's are not.
 */
export async function mustBeByUrgency(stage: Stage, { releases, cancellations }: Readonly<Record<string, number>>) {
  const { proxy } = stage.systems.north;
  const kept: string[] = [];
  for (let place = 0; place < (cancellations ?? 0); place += 1) {
    const purchaseOrder = stage.client.freshPurchaseOrder();
    await stage.script('north', [{ purchaseOrder, behaviour: 'accept-cancellation' }]);
    kept.push(await stage.submit([hearts(1)], { purchaseOrder }));
  }
  await stage.eventually('every release to be there', async () => {
    const got = await stage.ledger('north');
    const numbers = got.flatMap((entry) => (entry.kind === 'release-received' ? [String(entry.fulfilmentNumber)] : []));
    return kept.every((number) => numbers.some((fulfilment) => fulfilment.startsWith(number))) ? true : undefined;
  });
  const away = stage.faults.plan('the north warehouse is away');
  proxy.cut();
  const waiting = await stage.submitMany(releases ?? 0, () => [hearts(1)]);
  for (const number of waiting) await stage.reaches(number, ['fulfilling']);
  for (const number of kept) await stage.cancel(number, 'bought elsewhere');
  const asked = async (): Promise<number> => {
    const told = await Promise.all(kept.map((number) => stage.insist((api) => api.narrative(number))));
    return told.filter(({ effects }) => effects.some(({ name }) => name === 'request-cancellation')).length;
  };
  await stage.eventually('every cancellation to wait', async () =>
    (await asked()) === kept.length ? true : undefined,
  );
  const from = Date.now();
  proxy.heal();
  away();
  await stage.atRest([...waiting, ...kept]);

  let pairs = 0;
  let wrong = 0;
  for (const node of stage.nodes) {
    let sent = 0;
    for (const { at, point, effect } of node.trace()) {
      if (at < from || point !== 'before-send') continue;
      if (effect === 'release-to-warehouse') sent += 1;
      if (effect !== 'request-cancellation') continue;
      wrong += sent;
      pairs += releases ?? 0;
    }
  }
  stage.figure('less urgent before more urgent', `${wrong} of ${pairs} pairs`);
  stage.must(
    `the most urgent goes first: ${wrong} of ${pairs} pairs the other way round`,
    pairs > 0 && wrong < pairs * mostWrong,
  );
}
