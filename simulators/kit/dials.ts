import { type TProperties, Type } from 'typebox';
import { createRandom } from './random.ts';
import { createCheck } from './validate.ts';

/** Faults that every simulator can be told to show. Each is off at the start. */
export interface CommonDials {
  /** Every call takes at least this long, ms. */
  readonly latencyMs: number;
  /** … and at random up to this much more, ms. */
  readonly latencyJitterMs: number;
  /** Share of calls (0 to 1) that fail before anything is done. */
  readonly errorRate: number;
  /** Share of calls (0 to 1) that are done and whose answer is then lost with the connection. */
  readonly loseAnswerRate: number;
  /** More calls in a second are answered 429 with `Retry-After` of `retryAfterSeconds`, default 1. Null: no limit. */
  readonly rateLimit: { readonly perSecond: number; readonly retryAfterSeconds?: number } | null;
  /** Connections are closed without an answer. */
  readonly outage: boolean;
}

/** What the dials say about one call; drawn once per call, in the order of the calls. */
export interface Weather {
  readonly delayMs: number;
  readonly outage: boolean;
  readonly fail: boolean;
  readonly loseAnswer: boolean;
  /** Present: the call is over the rate; answer 429 with this `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

export interface Dials<Extra extends object = object> {
  current(): CommonDials & Extra;
  /** Merges; throws an `Error` naming every dial that is unknown or out of range, and then changes nothing. */
  turn(changes: unknown): CommonDials & Extra;
  /** Draws the next call's weather. */
  weather(): Weather;
  /** The simulator's own seeded numbers, 0 to 1. */
  random(): number;
}

const rate = Type.Number({ minimum: 0, maximum: 1 });
const milliseconds = Type.Number({ minimum: 0, maximum: 3_600_000 });

const commonSchemas = {
  latencyMs: milliseconds,
  latencyJitterMs: milliseconds,
  errorRate: rate,
  loseAnswerRate: rate,
  rateLimit: Type.Union([
    Type.Null(),
    Type.Object(
      {
        perSecond: Type.Number({ exclusiveMinimum: 0 }),
        retryAfterSeconds: Type.Optional(Type.Integer({ minimum: 1 })),
      },
      { additionalProperties: false },
    ),
  ]),
  outage: Type.Boolean(),
};

const calm: CommonDials = {
  latencyMs: 0,
  latencyJitterMs: 0,
  errorRate: 0,
  loseAnswerRate: 0,
  rateLimit: null,
  outage: false,
};

export interface DialOptions<Extra extends object> {
  /** The same seed and the same calls give the same faults. */
  readonly seed: number;
  /** The simulator's own dials: the schema and the first value of each. */
  readonly extra?: { readonly schemas: TProperties; readonly defaults: Extra };
  /** Monotonic milliseconds, for the rate limit. Default `performance.now`. */
  readonly now?: () => number;
}

/** Counts calls in whole seconds; answers whether one more fits. */
function createMeter(now: () => number): (perSecond: number) => boolean {
  let second = -1;
  let count = 0;
  return (perSecond) => {
    const current = Math.floor(now() / 1000);
    if (current !== second) {
      second = current;
      count = 0;
    }
    count += 1;
    return count <= perSecond;
  };
}

/** Makes a simulator's dials. */
export function createDials<Extra extends object = object>(options: DialOptions<Extra>): Dials<Extra> {
  const all = Type.Object({ ...commonSchemas, ...options.extra?.schemas });
  const check = createCheck(Type.Partial(all, { additionalProperties: false }));
  const random = createRandom(options.seed);
  const fits = createMeter(options.now ?? (() => performance.now()));
  let state = { ...calm, ...options.extra?.defaults } as CommonDials & Extra;
  return {
    current: () => state,
    turn: (changes) => {
      const checked = check(changes);
      if ('complaints' in checked) throw new Error(`dials: ${checked.complaints.join('; ')}`);
      state = { ...state, ...(checked.value as Partial<CommonDials & Extra>) };
      return state;
    },
    weather: () => {
      // Three numbers are drawn whatever the dials say, so that turning one does not shift the others' sequence.
      const [jitter, failing, losing] = [random(), random(), random()];
      const limited = state.rateLimit !== null && !fits(state.rateLimit.perSecond);
      return {
        delayMs: state.latencyMs + Math.round(jitter * state.latencyJitterMs),
        outage: state.outage,
        fail: failing < state.errorRate,
        loseAnswer: losing < state.loseAnswerRate,
        ...(limited ? { retryAfterSeconds: state.rateLimit?.retryAfterSeconds ?? 1 } : {}),
      };
    },
    random,
  };
}
