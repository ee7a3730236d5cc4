/** A fact as it travels: the attributes of CloudEvents 1.0. */
export interface FactEvent {
  readonly specversion: '1.0';
  readonly id: string;
  /** E.g. `/crossdock/flows/order-to-cash`. */
  readonly source: string;
  readonly type: string;
  /** The business key. Facts of one key come in the order in which they were told. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: unknown;
}

/** Where a reader stands. Opaque: keep it and give it back. */
export type Cursor = string;
