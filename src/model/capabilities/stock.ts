import { type Call, type Decimal, defineCapability } from '#model/kernel';

export interface StockLevel {
  readonly item: string;
  readonly site: string;
  readonly onHand: Decimal;
  readonly unit: string;
}

export interface StockVerbs {
  /** A question: the books' on-hand of every item at one site, in pages; `next` absent on the last. */
  levels(
    request: { readonly site: string; readonly page?: string },
    call: Call,
  ): Promise<{ readonly levels: readonly StockLevel[]; readonly next?: string }>;
}
export const Stock = defineCapability<StockVerbs>('stock');
