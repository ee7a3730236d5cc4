import type { IncidentKind } from '../plan/plan.ts';

/** An order as the API shows it, as far as the demo looks at it. */
export interface OrderView {
  readonly orderNumber: string;
  readonly state: string;
  readonly holds: readonly { readonly hold: string; readonly kind: string }[];
}

/** What somebody did about an order, and whether the platform answered as it should. */
export interface Deed {
  /** E.g. `release price`, `cancel`, `submit again`. */
  readonly what: string;
  readonly asExpected: boolean;
  /** The answer, in words, where it was not the expected one. */
  readonly answered?: string;
}

/** What was seen of one submission, from the outside. */
export interface Observed {
  readonly id: string;
  readonly channel: 'api' | 'crm';
  readonly incident?: IncidentKind;
  /** HTTP status of the first answer; absent for what came by the CRM. */
  readonly status?: number;
  /** Present once the platform acknowledged it. */
  readonly orderNumber?: string;
  /** JSON pointers of the problems that the door told. */
  readonly findings: readonly string[];
  readonly quarantined: boolean;
  /** The last state seen. */
  readonly state?: string;
  readonly statesSeen: readonly string[];
  /** Kinds of the holds seen. */
  readonly holdsSeen: readonly string[];
  readonly deeds: readonly Deed[];
  /** From sending to the acknowledgement, ms. */
  readonly acknowledgedMs?: number;
  /** From sending to the end of the story, ms. */
  readonly wholeMs: number;
  /** Why the story broke off. */
  readonly trouble?: string;
}
