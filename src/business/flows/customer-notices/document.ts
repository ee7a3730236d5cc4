/** What a customer may be told of, each by its own preference. */
export const noticeKinds = [
  'acknowledgement',
  'part-shipment',
  'dispatch',
  'backorder',
  'delay',
  'cancellation',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What a notices run is started with. */
export interface NoticesInput {
  readonly orderNumber: string;
  readonly customer: string;
  /** Where it was when the first notice was due; later preferences do not redirect what was begun. */
  readonly email: string;
}

/** A notice in words. Its id names it for ever: the same occasion is told once. */
export interface NoticeContent {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly subject: string;
  readonly text: string;
}

/** What is to be said to a customer about an order, and what was. */
export interface NoticesDocument {
  readonly given: NoticesInput;
  /** Not sent yet, oldest first. */
  readonly due: readonly NoticeContent[];
  /** Ids of what was sent, or given up. */
  readonly said: readonly string[];
  /** The order is over. */
  readonly final: boolean;
}
