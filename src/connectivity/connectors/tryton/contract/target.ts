/** A Tryton, or what claims to behave like one, seeded with `systems/tryton/fixtures/world-small.json`. */
export interface ContractTarget {
  readonly url: string;
  readonly database: string;
  /** Of the users `integration`, `credit` and `wms`. */
  readonly password: string;
}

/** What the suite uses of that world. */
export const facts = {
  /** Without a credit limit; has prices of its own for `item`, none for `other`. */
  customer: '17850',
  /** With a limit of 100.00. */
  limited: '13748',
  /** Deactivated. */
  blocked: '15291',
  item: '85123A',
  itemPrice: '2.55',
  other: '71053',
  otherPrice: '3.39',
  /** Stocked in the north only. */
  northOnly: '84406B',
  charge: 'POST',
  north: 'NORTH',
  south: 'SOUTH',
} as const;

let counted = 0;

/** A name that no other test, and no other run, has. */
export function fresh(prefix: string): string {
  counted += 1;
  return `${prefix}-${process.pid}-${Date.now().toString(36)}-${counted}`;
}
