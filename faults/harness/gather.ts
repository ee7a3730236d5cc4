import type { Effect, Evidence, Position } from '../check/evidence.ts';
import { orderOf } from '../check/tally.ts';
import { see } from '../kit/look.ts';
import type { OpenStage } from '../kit/open-stage.ts';
import { world } from '../kit/world.ts';

const items = [...new Set(world.stock.map(({ item }) => item))];

async function shelf(stage: OpenStage, system: 'north' | 'south', site: string): Promise<readonly Position[]> {
  const stock = (await stage.systems[system].act('stock', {})) as Readonly<Record<string, string>>;
  return Object.entries(stock).map(([item, quantity]) => ({ item, site, quantity }));
}

async function effectsOf(stage: OpenStage): Promise<readonly Effect[]> {
  const { erp, crm, north, south } = stage.systems;
  const ledgers = await Promise.all([erp, crm, north, south].map((system) => system.ledger()));
  return [...ledgers.flat(), ...stage.byHand()];
}

/** The ledgers when nothing has been added for a while: a warehouse may still be about to report. */
export async function quietLedgers(stage: OpenStage, quietMs = 300, atMostMs = 5_000): Promise<void> {
  let last = -1;
  for (const until = performance.now() + atMostMs; performance.now() < until; ) {
    const { length } = await effectsOf(stage);
    if (length === last) return;
    last = length;
    await new Promise((resolve) => setTimeout(resolve, quietMs));
  }
}

/** Orders that were acknowledged or of which a ledger speaks. */
export async function ordersToJudge(stage: OpenStage): Promise<readonly string[]> {
  const named = (await effectsOf(stage)).map(orderOf).filter((name) => name !== undefined);
  return [...new Set([...stage.client.acknowledged().map(({ orderNumber }) => orderNumber), ...named])];
}

/** Reads everything that the checker judges by: ledgers, acknowledgements, the public API, and as a witness for I7 the chain. */
export async function gather(stage: OpenStage): Promise<Evidence> {
  const effects = await effectsOf(stage);
  const orders = new Map<string, Awaited<ReturnType<typeof see>>>();
  for (const orderNumber of await ordersToJudge(stage)) orders.set(orderNumber, await see(stage.client, orderNumber));
  const runs = [...orders].flatMap(([key, order]) =>
    order === undefined
      ? []
      : [
          { flow: 'order-to-cash', key },
          ...order.fulfilments.map(({ fulfilmentNumber }) => ({ flow: 'fulfilment', key: fulfilmentNumber })),
        ],
  );
  const witness = stage.nodes.find((node) => node.isUp());
  if (witness === undefined) throw new Error('no node is up at the end: nobody can be asked');
  const { broken } = await witness.audit(runs);
  const counted = await witness.count(items);
  const of = (member: 'onHand' | 'claimed'): readonly Position[] =>
    counted.map((position) => ({ item: position.item, site: position.site, quantity: position[member] }));
  const isByHand = stage.byHand().length > 0;
  const theirs = isByHand
    ? undefined
    : [...(await shelf(stage, 'north', 'NORTH')), ...(await shelf(stage, 'south', 'SOUTH'))];
  return {
    acknowledged: stage.client.acknowledged(),
    calledOff: stage.client.calledOff(),
    effects,
    orders,
    stock: {
      before: world.stock,
      ours: of('onHand'),
      claimed: of('claimed'),
      ...(theirs === undefined ? {} : { theirs }),
    },
    brokenChains: broken,
  };
}
