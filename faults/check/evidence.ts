/** A line of an order, as the client sent it. */
export interface SentLine {
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
}

/** What the client was told with 2xx. */
export interface Acknowledged {
  readonly orderNumber: string;
  /** The Idempotency-Key. */
  readonly key: string;
  readonly purchaseOrder: string;
  readonly lines: readonly SentLine[];
  /** Absent: the default, which cancels nothing. */
  readonly shippingPolicy?: string;
}

/** An entry of a ledger, as a simulator wrote it when it was done. */
export interface Effect {
  readonly at: string;
  readonly system: string;
  readonly kind: string;
  readonly [member: string]: unknown;
}

/** A goods line as the public API shows it. */
export interface SeenLine {
  readonly lineNumber: number;
  readonly item: string;
  /** `ordered`, `invoiced` and each stage of quantity that is not zero. */
  readonly quantities: Readonly<Record<string, string>>;
}

/** What the public API says of an order and its runs. */
export interface SeenOrder {
  readonly orderNumber: string;
  readonly state: string;
  readonly phase: string;
  /** Causes of open cases. */
  readonly openCases: readonly string[];
  readonly fulfilments: readonly { readonly fulfilmentNumber: string; readonly ended: boolean }[];
  /** Every effect that was asked, with where it stands. */
  readonly effects: readonly { readonly name: string; readonly key: string; readonly status: string }[];
  /** References of the sales orders that belong to it. */
  readonly bookings: readonly string[];
  readonly lines: readonly SeenLine[];
}

/** Quantity of an item at a site. */
export interface Position {
  readonly item: string;
  readonly site: string;
  readonly quantity: string;
}

/** All that the checker may look at. */
export interface Evidence {
  readonly acknowledged: readonly Acknowledged[];
  /** Orders that somebody outside asked to be cancelled or given up, as they wrote down before they asked. */
  readonly calledOff: readonly string[];
  /** Ledgers of the systems, each in its own order; a shipment that a test reported by hand stands among a warehouse's. */
  readonly effects: readonly Effect[];
  /** Every order that was acknowledged or of which a ledger speaks; `undefined`: the API does not know it. */
  readonly orders: ReadonlyMap<string, SeenOrder | undefined>;
  readonly stock: {
    readonly before: readonly Position[];
    readonly ours: readonly Position[];
    /** Firm claims. */
    readonly claimed: readonly Position[];
    /** What lies on the shelves. Absent where shipments were reported by hand. */
    readonly theirs?: readonly Position[];
  };
  /** Runs whose audit chain is broken, with why. */
  readonly brokenChains: readonly string[];
}

/** Something that must not be. */
export interface Finding {
  /** `I1` … `I8`, or what the scenario itself demanded. */
  readonly rule: string;
  /** What it does to the order: counts in the table. */
  readonly means: 'lost' | 'doubled' | 'wrong';
  readonly orderNumber?: string;
  readonly what: string;
}
