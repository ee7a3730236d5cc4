import { type Static, Type } from 'typebox';
import { closed, Identifier } from '#model/canonical';
import { type Call, defineCapability } from '#model/kernel';
import type { Frozen } from './frozen.ts';

/** What the CRM shows of an order; the whole of it each time, so that the latest wins. */
export const OrderNews = Type.Object(
  {
    opportunity: Identifier("The CRM's id of the won opportunity.", 80),
    orderNumber: Identifier('Ours.', 30),
    state: Type.String({
      description:
        'In words for a salesperson: `checking`, `held: credit`, `confirmed`, `changed`, `part shipped`, `completed`, `cancelled`.',
    }),
    trackingNumbers: Type.Array(Type.String()),
    version: Type.Integer({
      minimum: 1,
      description: 'Counts the news of this order; an older one never overwrites a newer.',
    }),
  },
  closed,
);
export type OrderNews = Frozen<Static<typeof OrderNews>>;

export interface OpportunitiesVerbs {
  /** Sets the order's state on the opportunity. Setting the same again changes nothing. */
  tell(news: OrderNews, call: Call): Promise<void>;
}
export const Opportunities = defineCapability<OpportunitiesVerbs>('opportunities');
