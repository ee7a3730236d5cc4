import type { CaseView } from '../../test/index.ts';
import { isTold, winOpportunity } from './crm.ts';
import { tellFact } from './facts.ts';
import type { Operator } from './operator.ts';
import type { Stage } from './scenario.ts';
import type { OrderLine } from './world.ts';

/** Sold below its price: the order is held until somebody agrees. */
const cheap: OrderLine = { item: 'HEART', quantity: '2', unitPrice: '2.00' };

/** An order of a won opportunity, held before it is booked. */
export interface HeldOrder {
  readonly opportunity: string;
  readonly orderNumber: string;
}

export async function holdOrder(stage: Stage): Promise<HeldOrder> {
  const opportunity = await winOpportunity(stage, [cheap]);
  const { orderNumber } = await isTold(stage, opportunity, 'held');
  return { opportunity, orderNumber };
}

/** Somebody agrees to its price. */
export const agree = (stage: Stage, { orderNumber }: HeldOrder): Promise<unknown> =>
  stage.insist(async (api) => {
    const { status, json } = await api.release(orderNumber, 'price', { reason: 'agreed on the phone' });
    if (status >= 300) throw new Error(`the release was answered ${status}: ${JSON.stringify(json)}`);
  });

/** A fact without its data: nobody can take it. */
export const poison = (stage: Stage, { orderNumber }: HeldOrder): Promise<unknown> =>
  tellFact(stage, { orderNumber, data: null });

type DeadLetterCase = CaseView & { readonly summary: string };

/** The open dead letter of a business key. */
export function deadLetterOf(stage: Stage, operator: Operator, key: string): Promise<DeadLetterCase> {
  return stage.eventually(`the dead letter of ${key}`, async () => {
    const [found] = await operator(stage.node(0)).list(`cause=dead-letter&key=${key}`);
    return found === undefined ? undefined : ((await operator(stage.node(0)).show(found.id)) as DeadLetterCase);
  });
}
