import type { Decimal } from '#model/kernel';

/** What somebody wants, whoever it is: `demand` names it for ever. */
export interface ClaimRequest {
  readonly demand: string;
  /** When anything is short nothing is claimed. */
  readonly wholeOrNothing: boolean;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly item: string;
    readonly quantity: Decimal;
    /** Must be the unit in which the item is stocked. */
    readonly unit: string;
  }[];
}

/** What each line got, and where; the two sum to the quantity asked. */
export interface ClaimAnswer {
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly places: readonly { readonly site: string; readonly quantity: Decimal }[];
    readonly short: Decimal;
  }[];
}

/** Goods that left a site for a demand, and what was looked for and not found. */
export interface LeavingRequest {
  readonly demand: string;
  readonly site: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly item: string;
    readonly shipped: Decimal;
    readonly short: Decimal;
  }[];
}

/** What left beyond our count of it; empty when the count was right. */
export interface LeavingAnswer {
  readonly unexplained: readonly { readonly item: string; readonly quantity: Decimal }[];
}

export interface ReleaseAnswer {
  readonly released: readonly { readonly lineNumber: number; readonly site: string; readonly quantity: Decimal }[];
}

export interface Level {
  readonly item: string;
  readonly site: string;
  readonly unit: string;
  readonly onHand: Decimal;
}

export interface Adjustment {
  readonly item: string;
  readonly site: string;
  readonly unit: string;
  /** Negative when stock went. */
  readonly by: Decimal;
}
