import type { Delimiters } from './delimiters.ts';
import type { Finding } from './finding.ts';

/** A segment as its elements; the first is its name, e.g. `['N1', 'ST', 'Alice']`. Composites stay as one text. */
export type Segment = readonly string[];

/** ISA, blanks trimmed. Dates and times as they came: `YYMMDD`, `HHMM`. */
export interface InterchangeHeader {
  readonly senderQualifier: string;
  readonly sender: string;
  readonly receiverQualifier: string;
  readonly receiver: string;
  readonly date: string;
  readonly time: string;
  readonly version: string;
  readonly control: string;
  /** ISA14: a TA1 is wanted. */
  readonly acknowledgementRequested: boolean;
  /** ISA15: `P` production, `T` test. */
  readonly usage: string;
  /** ISA16. */
  readonly component: string;
}

/** GS. Dates and times as they came: `CCYYMMDD`, `HHMM[SS[DD]]`. */
export interface GroupHeader {
  /** GS01: `OW` 940, `SW` 945, `FA` 997. */
  readonly functionalIdentifier: string;
  readonly sender: string;
  readonly receiver: string;
  readonly date: string;
  readonly time: string;
  readonly control: string;
  readonly version: string;
}

/** One document. Refused alone when it has findings. */
export interface TransactionSet {
  /** ST01, e.g. `940`. */
  readonly identifier: string;
  /** ST02. */
  readonly control: string;
  /** As it came, from ST to SE, both included; without SE when it never came. Empty when it was too long to keep. */
  readonly bytes: Buffer;
  /** How `bytes` are cut. */
  readonly cut: { readonly delimiters: Delimiters; readonly tolerant: boolean };
  /** `bytes` cut into its segments, when first asked for: a set that is only checked need not be. */
  readonly segments: readonly Segment[];
  readonly findings: readonly Finding[];
}

/** A functional group. With findings of its own it is refused whole. */
export interface Group {
  readonly header: GroupHeader;
  readonly sets: readonly TransactionSet[];
  readonly findings: readonly Finding[];
}

/** An interchange. With findings of its own it is refused whole. */
export interface Interchange {
  readonly header: InterchangeHeader;
  readonly groups: readonly Group[];
  readonly findings: readonly Finding[];
  /** Its trailer came. */
  readonly complete: boolean;
}

export const blankInterchangeHeader: InterchangeHeader = {
  senderQualifier: '',
  sender: '',
  receiverQualifier: '',
  receiver: '',
  date: '',
  time: '',
  version: '',
  control: '',
  acknowledgementRequested: false,
  usage: '',
  component: '',
};

export const blankGroupHeader: GroupHeader = {
  functionalIdentifier: '',
  sender: '',
  receiver: '',
  date: '',
  time: '',
  control: '',
  version: '',
};
