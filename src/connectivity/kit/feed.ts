import type { Json } from '#model/kernel';

/** How news comes in; not everything is real time. */
export interface SyncModel {
  readonly model: 'real-time' | 'micro-batch' | 'scheduled' | 'change-feed';
  /** Time between two reads, ms. */
  readonly rhythmMs: number;
  /** Aim from the outside system's event to our commit, ms. */
  readonly latencyTargetMs: number;
}

/** A message as a connector hands it over: translated, with the original beside it. */
export interface InboundMessage {
  /** Stable identity at the source: repeating or re-sending the same message gives the same id. */
  readonly id: string;
  /** An event type of `#model/messages`. */
  readonly type: string;
  /** Business key of the run it is for; absent for what starts something (`order.submitted`). */
  readonly key?: string;
  readonly data: unknown;
  /** When it happened out there. */
  readonly occurredAt: string;
  /** The payload as it came, redacted, for the record. At most 256 KB; longer ones are cut and say so. */
  readonly original: string;
  /** W3C `traceparent` that came with it: the run keeps it as a link to what caused it over there. */
  readonly traceparent?: string;
}

/** A message that cannot be translated: it waits for a steward with everything that is wrong. */
export interface UnreadableMessage {
  readonly id: string;
  /** The id that the message would have if it could be read: once one is taken under it, this no longer waits. Default `id`. */
  readonly about?: string;
  readonly failures: readonly { readonly code: string; readonly path: string; readonly message: string }[];
  readonly original: string;
}

export interface Reading {
  readonly messages: readonly InboundMessage[];
  readonly unreadable: readonly UnreadableMessage[];
  /** Stored once the messages are durable; the next read starts here. What is read twice changes nothing. */
  readonly cursor: Json;
  /** There is more already; read again at once. */
  readonly more: boolean;
}

/** A source of messages. The runtime reads, commits messages and cursor together, then calls `committed`. */
export interface Feed {
  /** Kebab-case, unique in its instance, e.g. `shipping-confirmations`. */
  readonly name: string;
  readonly sync: SyncModel;
  /** Throws `Fault` like a verb does. `cursor` is undefined at the very first read. */
  read(cursor: Json | undefined, signal: AbortSignal): Promise<Reading>;
  /** The reading is durable: now the source may be told (archive the file, write the functional acknowledgement). May be called again. */
  committed?(reading: Reading, signal: AbortSignal): Promise<void>;
}
