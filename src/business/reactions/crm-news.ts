import { OrderChanged, type OrderFactData, orderFactSchemas, orderFactTypes, orderNews } from '#business/flows';

interface NewsFact {
  readonly type: string;
  readonly data: unknown;
}

/** What a reaction asks of the engine: a run to start if it is not there, and a message for it. */
export interface Reacted {
  readonly start: { readonly flow: string; readonly key: string; readonly input: unknown };
  readonly message: { readonly type: string; readonly data: unknown };
}

/** The facts that this reaction reads. */
export const crmNewsReadsTypes: readonly string[] = Object.values(orderFactTypes);

/** What their data must be, by type: a dead letter that somebody edits is checked against it. */
export const reactionSchemas = orderFactSchemas;

/** When something happened to an order that came from the CRM, its opportunity shows it. */
export function crmNews(fact: NewsFact): Reacted | undefined {
  const { orderNumber, channel, sourceReference, state, trackingNumbers, final } = fact.data as OrderFactData;
  if (channel !== 'crm' || sourceReference === undefined) return undefined;
  return {
    start: { flow: orderNews.name, key: orderNumber, input: { opportunity: sourceReference, orderNumber } },
    message: { type: OrderChanged.name, data: { state, trackingNumbers, final } },
  };
}
