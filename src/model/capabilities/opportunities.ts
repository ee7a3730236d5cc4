import { type Call, defineCapability } from '#model/kernel';

/** What the CRM shows of an order; the whole of it each time, so that the latest wins. */
export interface OrderNews {
  /** The CRM's id of the won opportunity. */
  readonly opportunity: string;
  readonly orderNumber: string;
  /** In words for a salesperson: `checking`, `held: credit`, `confirmed`, `released`, `part shipped`, `shipped`, `completed`, `cancelled`. */
  readonly state: string;
  readonly trackingNumbers: readonly string[];
  /** Counts the news of this order; an older one never overwrites a newer. */
  readonly version: number;
}

export interface OpportunitiesVerbs {
  /** Sets the order's state on the opportunity. Setting the same again changes nothing. */
  tell(news: OrderNews, call: Call): Promise<void>;
}
export const Opportunities = defineCapability<OpportunitiesVerbs>('opportunities');
