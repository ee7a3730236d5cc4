import type { Static, TSchema } from 'typebox';
import type { Answer, Outcome } from './answer.ts';
import type { Failure } from './failure.ts';

/** Who may call: a key with this scope (`<product>:<what>`), or anyone. There is no default; without it nothing starts. */
export type Access = { readonly scope: string } | 'public';

/** A request that passed the door: known caller, allowed, well-formed. */
export interface ReadRequest<Params, Query> {
  /** The name of the system or team that the key belongs to; of a person, the user name. */
  readonly consumer: string;
  /** Who acts, as every record names them: `api:<consumer>` or `person:<user name>`. */
  readonly by: string;
  /** The only warehouses that the caller may see anything of; absent: all. What is of none of them does not exist for the caller. */
  readonly sites?: readonly string[];
  /** Has the key this scope? For finer rules than the route's own. */
  readonly may: (scope: string) => boolean;
  readonly params: Params;
  readonly query: Query;
  /** How long the caller wishes to wait for a result, ms; 0: not at all. RFC 7240 `Prefer: wait`. */
  readonly waitMs: number;
  /** When it came in. */
  readonly now: string;
  /** Aborts when the node closes: end waiting, answer with what there is. */
  readonly closing: AbortSignal;
}

/** The caller's name for one intent, from `Idempotency-Key`. */
export interface Intent {
  readonly key: string;
  /** The same for the same method, path and body; different for any other. */
  readonly fingerprint: string;
  /** This key and fingerprint were claimed before. Only where the gateway keeps the claim. */
  readonly repeated: boolean;
}

export interface WriteRequest<Params, Query, Body> extends ReadRequest<Params, Query> {
  readonly body: Body;
  readonly intent: Intent;
}

/** The answers of a route, by outcome. */
export type AnswerSchemas = Readonly<Partial<Record<Outcome, TSchema>>>;

export type AnswerOf<Answers extends AnswerSchemas> = {
  [Named in keyof Answers & Outcome]: Answers[Named] extends TSchema ? Answer<Named, Static<Answers[Named]>> : never;
}[keyof Answers & Outcome];

interface Described<Params extends TSchema, Query extends TSchema, Answers extends AnswerSchemas> {
  /** Kebab-case, unique in its API; the operation's id. */
  readonly name: string;
  /** Below the API's base, parameters in braces: `/things/{thing}`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params?: Params;
  readonly query?: Query;
  readonly answers: Answers;
  /** Codes of the API's own problems that this route may answer with. */
  readonly problems: readonly string[];
}

export interface ReadDefinition<Needs, Params extends TSchema, Query extends TSchema, Answers extends AnswerSchemas>
  extends Described<Params, Query, Answers> {
  readonly handle: (request: ReadRequest<Static<Params>, Static<Query>>, needs: Needs) => Promise<AnswerOf<Answers>>;
}

export interface WriteDefinition<
  Needs,
  Params extends TSchema,
  Query extends TSchema,
  Body extends TSchema,
  Answers extends AnswerSchemas,
> extends Described<Params, Query, Answers> {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body: Body;
  /**
   * Who remembers the Idempotency-Key. `gateway`: claimed before `handle`, which must be safe to run again with the same
   * intent. `handler`: `handle` claims it in the same transaction as its effect.
   */
  readonly remembers: 'gateway' | 'handler';
  /** What else is wrong with a body that its schema refused, so that the caller learns all at once. Never throws. */
  readonly findMore?: (body: unknown, needs: Needs, now: string) => readonly Failure[];
  readonly handle: (
    request: WriteRequest<Static<Params>, Static<Query>, Static<Body>>,
    needs: Needs,
  ) => Promise<AnswerOf<Answers>>;
}

/** Any route, its types forgotten. Erased parameters are `never`, so nothing can be passed by mistake. */
export interface Route<Needs = never> extends Described<TSchema, TSchema, AnswerSchemas> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: TSchema;
  readonly remembers?: 'gateway' | 'handler';
  readonly findMore?: (body: unknown, needs: Needs, now: string) => readonly Failure[];
  readonly handle: (request: never, needs: Needs) => Promise<Answer>;
}

/** Declares a question: GET, changes nothing. */
export const readRoute =
  <Needs>() =>
  <Params extends TSchema, Query extends TSchema, const Answers extends AnswerSchemas>(
    definition: ReadDefinition<Needs, Params, Query, Answers>,
  ): Route<Needs> => ({ ...definition, method: 'GET' });

/** Declares a write: its caller must name the intent by `Idempotency-Key`. */
export const writeRoute =
  <Needs>() =>
  <Params extends TSchema, Query extends TSchema, Body extends TSchema, const Answers extends AnswerSchemas>(
    definition: WriteDefinition<Needs, Params, Query, Body, Answers>,
  ): Route<Needs> =>
    definition;
