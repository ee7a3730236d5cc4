/** What a news run is started with. */
export interface NewsInput {
  readonly opportunity: string;
  readonly orderNumber: string;
}

/** The latest news of an order, and how far the CRM knows it. */
export interface NewsDocument {
  readonly given: NewsInput;
  readonly state: string;
  readonly trackingNumbers: readonly string[];
  readonly final: boolean;
  /** Counts the news. */
  readonly version: number;
  /** The version that the CRM was last told. */
  readonly told: number;
}
