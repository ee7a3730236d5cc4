/**
 * What may be done about a failure; the only thing that decides on a retry.
 * - `transient`: nothing was done, it is safe to send again.
 * - `ambiguous`: it may have been done; ask the target before sending again.
 * - `permanent`: it will never succeed as it is; a person looks at it.
 * - `business`: the system understood and refused; someone decides.
 */
export type FaultKind = 'transient' | 'ambiguous' | 'permanent' | 'business';

export interface FaultDetails {
  /** Stable kebab-case code, e.g. `credit-limit-exceeded`. */
  readonly code: string;
  /** One sentence for a person, in our words. Never a secret, never a stack. */
  readonly message: string;
  /** How long the target asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What the target said, redacted, for the record. */
  readonly said?: string;
}

/** The only error that a connector may throw. Its kind is given where the failure happens and never guessed later. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly kind: FaultKind;
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  readonly said: string | undefined;

  constructor(kind: FaultKind, details: FaultDetails, cause?: unknown) {
    super(details.message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.code = details.code;
    this.retryAfterMs = details.retryAfterMs;
    this.said = details.said;
  }
}

/** A fault as it is stored in a journal or a document. */
export interface FaultRecord extends FaultDetails {
  readonly kind: FaultKind;
}

/** The storable form of anything thrown. What is not a `Fault` is a defect of ours: permanent, code `defect`. */
export function faultRecord(thrown: unknown): FaultRecord {
  if (thrown instanceof Fault) {
    return {
      kind: thrown.kind,
      code: thrown.code,
      message: thrown.message,
      ...(thrown.retryAfterMs === undefined ? {} : { retryAfterMs: thrown.retryAfterMs }),
      ...(thrown.said === undefined ? {} : { said: thrown.said }),
    };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: 'permanent', code: 'defect', message };
}
