/** An error that the wire knows how to tell: the `error` member of an answer, or a bare HTTP status. */
export type Refusal =
  | { readonly kind: 'UserError'; readonly message: string }
  | { readonly kind: 'UserWarning'; readonly name: string; readonly message: string }
  | { readonly kind: 'ConcurrencyException'; readonly message: string }
  | { readonly kind: 'LoginException'; readonly name: string; readonly message: string }
  /** Anything that Python raised: told as text. */
  | { readonly kind: 'crash'; readonly message: string }
  | { readonly kind: 'http'; readonly status: number; readonly message: string };

interface Refused extends Error {
  readonly refusal: Refusal;
}

const refused = (refusal: Refusal): Refused => Object.assign(new Error(refusal.message), { refusal });

/** The refusal inside something thrown; undefined when it is a defect of the simulator. */
export const refusalOf = (thrown: unknown): Refusal | undefined =>
  thrown instanceof Error && 'refusal' in thrown ? (thrown as Refused).refusal : undefined;

/** The business says no; nothing was done. */
export const userError = (message: string): Error => refused({ kind: 'UserError', message });

/** The business asks "are you sure?"; `name` is what an acceptance must carry. */
export const userWarning = (name: string, message: string): Error => refused({ kind: 'UserWarning', name, message });

export const concurrencyException = (): Error =>
  refused({ kind: 'ConcurrencyException', message: 'Records were modified in the meanwhile' });

export const loginException = (name: string, message: string): Error =>
  refused({ kind: 'LoginException', name, message });

/** What a missing dictionary key looks like from outside: unknown models, fields and operators. */
export const keyError = (key: string): Error => refused({ kind: 'crash', message: `'${key}'` });

/** A wrong call: missing context, wrong types. */
export const crash = (message: string): Error => refused({ kind: 'crash', message });

export const httpRefusal = (status: number, message: string): Error => refused({ kind: 'http', status, message });
