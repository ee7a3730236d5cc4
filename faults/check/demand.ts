import type { Evidence } from './evidence.ts';

/** A line as it was ordered. */
export interface WantedLine {
  readonly lineNumber: number;
  readonly item: string;
  readonly quantity: string;
}

/** What each order was to deliver: as the client sent it; of one that came another way, as the order itself has it. */
export function demandOf({
  acknowledged,
  orders,
}: Pick<Evidence, 'acknowledged' | 'orders'>): ReadonlyMap<string, readonly WantedLine[]> {
  const seen = [...orders].map(([orderNumber, order]) => {
    const lines = (order?.lines ?? []).map(({ lineNumber, item, quantities }) => ({
      lineNumber,
      item,
      quantity: quantities.ordered ?? '0',
    }));
    return [orderNumber, lines] as const;
  });
  // The client numbers no lines: they are numbered in their order.
  const sent = acknowledged.map(({ orderNumber, lines }) => {
    const numbered = lines.map(({ item, quantity }, place) => ({ lineNumber: place + 1, item, quantity }));
    return [orderNumber, numbered] as const;
  });
  return new Map([...seen, ...sent]);
}
