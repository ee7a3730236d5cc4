import { createHash } from 'node:crypto';

/** What a span stands for. `occurrence` tells one time from another: a visit, an idempotency key, a message's id. */
export interface SpanSubject {
  /** The run: flow and key. */
  readonly run: string;
  readonly kind: string;
  readonly name: string;
  readonly occurrence: string;
}

/** The W3C id of a span, 16 hexadecimal digits: whoever works the same span out gives it the same id. */
export const spanIdOf = ({ run, kind, name, occurrence }: SpanSubject): string =>
  createHash('sha256').update([run, kind, name, occurrence].join('/')).digest('hex').slice(0, 16);
