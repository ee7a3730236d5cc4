import type { Static, TSchema } from 'typebox';

/** A kind of message that a flow may receive, or of fact that it tells: a name and a schema that also runs. */
export interface EventType<Data = unknown> {
  /** Dotted, past tense, e.g. `shipment.confirmed`. */
  readonly name: string;
  /** Validated when a message comes in from outside; absent for what the engine itself makes. */
  readonly schema?: TSchema;
  /** Carries the type only; never set. */
  readonly data?: Data;
}

/** Declares a message or fact with the schema of its data. */
export const defineEvent = <Schema extends TSchema>(name: string, schema: Schema): EventType<Static<Schema>> => ({
  name,
  schema,
});
