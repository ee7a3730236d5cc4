import type { Static, TSchema } from 'typebox';
import type { Described } from './described-route.ts';
import type { ReadRequest } from './request.ts';

/** The events of a stream, by name. */
export type EventSchemas = Readonly<Record<string, TSchema>>;

/** One event, its types forgotten. */
export interface ToldEvent {
  readonly event: string;
  readonly data: unknown;
  /** What a reader who comes again names as the last that it had; one line. */
  readonly id?: string;
}

/** One of the declared events, with its data as declared. */
export type EventOf<Events extends EventSchemas> = {
  [Named in keyof Events & string]: {
    readonly event: Named;
    readonly data: Static<Events[Named]>;
    readonly id?: string;
  };
}[keyof Events & string];

export interface StreamDefinition<Needs, Params extends TSchema, Query extends TSchema, Events extends EventSchemas>
  extends Described<Params, Query> {
  readonly events: Events;
  /** What a reader who was too slow is told in place of everything that waited for it: few, and saying "ask again for all". */
  readonly missed: (now: string) => readonly EventOf<Events>[];
  /** Tells until it has nothing more to tell, or `closing` aborts. */
  readonly handle: (
    request: ReadRequest<Static<Params>, Static<Query>>,
    needs: Needs,
  ) => AsyncIterable<EventOf<Events>>;
}

/** A stream of events, its types forgotten. */
export interface StreamRoute<Needs = never> extends Described<TSchema, TSchema> {
  readonly method: 'GET';
  readonly events: EventSchemas;
  readonly missed: (now: string) => readonly ToldEvent[];
  readonly handle: (request: never, needs: Needs) => AsyncIterable<ToldEvent>;
}

/**
 * Declares a stream: GET, answered with server-sent events for as long as the caller listens, may listen, and the node is up.
 *
 * ```ts
 * export const ticks = streamRoute<{ clock: Clock }>()({
 *   name: 'ticks', path: '/ticks', summary: 'The time', access: { scope: 'clock:read' }, problems: [],
 *   events: { tick: Type.Object({ at: Type.String() }) },
 *   missed: (at) => [{ event: 'tick', data: { at } }],
 *   handle: async function* ({ now }) { yield { event: 'tick', data: { at: now } }; },
 * });
 * ```
 */
export const streamRoute =
  <Needs>() =>
  <Params extends TSchema, Query extends TSchema, const Events extends EventSchemas>(
    definition: StreamDefinition<Needs, Params, Query, Events>,
  ): StreamRoute<Needs> => ({ ...definition, method: 'GET' });
