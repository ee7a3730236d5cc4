/** An outcome that a caller must look at: a value, or every failure at once. */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failures: readonly Failure[] };

export const ok = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });

export const failed = <Failure>(failures: readonly Failure[]): Result<never, Failure> => ({ ok: false, failures });
