import type { Static, TSchema } from 'typebox';
import type { Answer, Outcome } from './answer.ts';
import type { Described } from './described-route.ts';
import type { Failure } from './failure.ts';
import type { ReadRequest, WriteRequest } from './request.ts';
import type { StreamRoute } from './stream-route.ts';

/** The answers of a route, by outcome. */
export type AnswerSchemas = Readonly<Partial<Record<Outcome, TSchema>>>;

export type AnswerOf<Answers extends AnswerSchemas> = {
  [Named in keyof Answers & Outcome]: Answers[Named] extends TSchema ? Answer<Named, Static<Answers[Named]>> : never;
}[keyof Answers & Outcome];

/** What a route may answer in place of JSON: its body is then the text itself. */
export type TextMedia = 'text/csv';

export interface ReadDefinition<Needs, Params extends TSchema, Query extends TSchema, Answers extends AnswerSchemas>
  extends Described<Params, Query> {
  readonly answers: Answers;
  /** A file to be kept: the answer is a text (`Type.String()`) and names the file, see `Reply.fileName`. Absent: JSON. */
  readonly media?: TextMedia;
  readonly handle: (request: ReadRequest<Static<Params>, Static<Query>>, needs: Needs) => Promise<AnswerOf<Answers>>;
}

export interface WriteDefinition<
  Needs,
  Params extends TSchema,
  Query extends TSchema,
  Body extends TSchema,
  Answers extends AnswerSchemas,
> extends Described<Params, Query> {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body: Body;
  readonly answers: Answers;
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

/** A route with one answer, its types forgotten. Erased parameters are `never`, so nothing can be passed by mistake. */
export interface AnswerRoute<Needs = never> extends Described<TSchema, TSchema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: TSchema;
  readonly answers: AnswerSchemas;
  readonly media?: TextMedia;
  readonly remembers?: 'gateway' | 'handler';
  readonly findMore?: (body: unknown, needs: Needs, now: string) => readonly Failure[];
  readonly handle: (request: never, needs: Needs) => Promise<Answer>;
}

/** Any route: a question, a write or a stream. */
export type Route<Needs = never> = AnswerRoute<Needs> | StreamRoute<Needs>;

/** Declares a question: GET, changes nothing. */
export const readRoute =
  <Needs>() =>
  <Params extends TSchema, Query extends TSchema, const Answers extends AnswerSchemas>(
    definition: ReadDefinition<Needs, Params, Query, Answers>,
  ): AnswerRoute<Needs> => ({ ...definition, method: 'GET' });

/** Declares a write: its caller must name the intent by `Idempotency-Key`. */
export const writeRoute =
  <Needs>() =>
  <Params extends TSchema, Query extends TSchema, Body extends TSchema, const Answers extends AnswerSchemas>(
    definition: WriteDefinition<Needs, Params, Query, Body, Answers>,
  ): AnswerRoute<Needs> =>
    definition;

/** Is it a stream of events? */
export const isStream = <Needs>(route: Route<Needs>): route is StreamRoute<Needs> => 'events' in route;
