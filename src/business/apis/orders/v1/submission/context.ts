import type { Static } from 'typebox';
import type { Channel } from '#model/canonical';
import type { CatalogueCustomer, CatalogueItem } from '#model/capabilities';
import type { Decimal, Instant, LocalDate, Result } from '#model/kernel';
import type { OrderSubmission, SubmittedLine } from '#model/messages';

export type Submission = Static<typeof OrderSubmission>;
export type SubmissionLine = Static<typeof SubmittedLine>;

/** What the door knows of customers and items: a copy of the system of record's catalogue, in memory. */
export interface DoorCatalogue {
  customer(number: string): CatalogueCustomer | undefined;
  item(number: string): CatalogueItem | undefined;
  /** A quantity in one of the item's units as stock units, by the conversion that holds on that day. Never rounds. */
  convert(
    quantity: Decimal,
    fromUnit: string,
    item: CatalogueItem,
    on: LocalDate,
  ): Result<Decimal, { readonly message: string }>;
}

/** Everything that acceptance needs beside the submission itself. */
export interface SubmissionContext {
  readonly catalogue: DoorCatalogue;
  /** The number that the order will have. A refused submission leaves it unused. */
  readonly orderNumber: string;
  readonly channel: Channel;
  /** `api:<consumer>`, an instance name, a file. */
  readonly source: string;
  /** When it came in. */
  readonly now: Instant;
}
