import type { Decimal } from '#model/kernel';

/** Something that a run is found by. */
export interface Term {
  /** Kebab-case, of the flow's choosing, e.g. `invoice`. `party`, `site` and `source` are taken: they come from the members of that name. */
  readonly kind: string;
  /** Found whatever the case of its letters. */
  readonly value: string;
}

/** What lists show of a run, and what it is found by. */
export interface Listing {
  /** The run that it is a part of; absent: it stands for itself. */
  readonly root?: { readonly flow: string; readonly key: string };
  /** With whom it is, and what they are called. */
  readonly party?: string;
  readonly partyName?: string;
  /** What all of it is worth. */
  readonly worth?: { readonly amount: Decimal; readonly currency: string };
  /** By when it must be right; ISO. */
  readonly dueBy?: string;
  /** The places that have or had a part of it. */
  readonly sites: readonly string[];
  /** Where it came from, e.g. `api:<consumer>`. */
  readonly source?: string;
  readonly terms: readonly Term[];
  /** What else a list shows of it; small. */
  readonly shows: Readonly<Record<string, string | number>>;
}
