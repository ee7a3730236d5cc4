import type { Decimal } from '#model/kernel';
import type { Database } from '#platform/storage';
import { ask, perform } from './act.ts';
import { type Availability, explain, type PositionRow } from './availability.ts';
import { checkLines, checkNames, checkPositions } from './check-request.ts';
import type {
  Adjustment,
  ClaimAnswer,
  ClaimRequest,
  LeavingAnswer,
  LeavingRequest,
  Level,
  ReleaseAnswer,
} from './claims.ts';
import { confirm } from './sql/confirm.ts';
import { expire, nextExpiry } from './sql/expire.ts';
import { adjust, availability, setLevels, setSafetyStock } from './sql/positions.ts';
import { release } from './sql/release.ts';
import { reserve } from './sql/reserve.ts';
import { ship } from './sql/ship.ts';

/** The key of the intent: the same key changes stock once and gets the same answer for ever. A connector's `Call` fits. */
export interface Keyed {
  readonly key: string;
}

/**
 * Stock by item and site, and the claims on it. Never oversold, whoever asks at the same time. Every verb is one statement and so
 * all or nothing; throws `Fault` only: `transient` or `ambiguous` when the database is away (the key makes sending again
 * safe), `permanent` for a request that can never succeed (`invalid-stock-request`, `unit-mismatch`, `key-reused`).
 */
export interface Inventory {
  /** Firm claim. One site that has everything if there is one, else item by item, the fullest site first. */
  reserve(request: ClaimRequest, call: Keyed): Promise<ClaimAnswer>;
  /** As `reserve`, but it falls back at `until` (ISO instant) unless it is confirmed before. */
  hold(request: ClaimRequest & { readonly until: string }, call: Keyed): Promise<ClaimAnswer>;
  /** Makes what was held firm; `confirmed: false` when nothing is held any more. */
  confirm(request: { readonly demand: string }, call: Keyed): Promise<{ readonly confirmed: boolean }>;
  /** Gives back what the demand still has, at one site or everywhere. */
  release(request: { readonly demand: string; readonly site?: string }, call: Keyed): Promise<ReleaseAnswer>;
  /** Goods left: claim and on-hand fall; what was not found falls out of both. */
  ship(request: LeavingRequest, call: Keyed): Promise<LeavingAnswer>;
  /** Stock came, went or was counted anew. Makes positions that it does not know. */
  adjust(request: { readonly reason: string; readonly changes: readonly Adjustment[] }, call: Keyed): Promise<void>;
  /** Gives back held claims whose time is over at `now`; tells whose they were. */
  expire(now: string): Promise<readonly string[]>;
  /** When the next held claim's time is over; undefined when nothing is held. */
  nextExpiry(): Promise<string | undefined>;
  /**
   * Takes over positions never seen, from the books. Known ones are not overwritten: since the first load every movement
   * was counted here, and the books lag behind the warehouse, so their figure would bring back what has already left.
   */
  setLevels(levels: readonly Level[]): Promise<void>;
  /** What is kept back from promises at known positions. */
  setSafetyStock(
    levels: readonly { readonly item: string; readonly site: string; readonly quantity: Decimal }[],
  ): Promise<void>;
  /** What may be promised of these items, site by site, term by term. Unknown items have no entry. */
  availability(items: readonly string[]): Promise<readonly Availability[]>;
}

const column = <Row, Value>(rows: readonly Row[], value: (row: Row) => Value): readonly Value[] => rows.map(value);

/** Opens the stock ledger kept in `database` (migrated). */
export function createInventory({ database }: { readonly database: Database }): Inventory {
  const { pool } = database;

  const claim = (request: ClaimRequest, { key }: Keyed, state: 'soft' | 'firm', until: string | null) => {
    const { demand, lines, wholeOrNothing } = request;
    checkNames({ demand, key });
    checkLines(lines, ({ quantity }) => [quantity], 'positive');
    return perform<ClaimAnswer>(pool, reserve, { key, verb: `${state}-reserve`, demand }, [
      column(lines, ({ lineNumber }) => lineNumber),
      column(lines, ({ item }) => item),
      column(lines, ({ quantity }) => quantity),
      column(lines, ({ unit }) => unit),
      wholeOrNothing,
      state,
      until,
    ]);
  };

  return {
    reserve: async (request, call) => claim(request, call, 'firm', null),
    hold: async (request, call) => claim(request, call, 'soft', request.until),
    confirm: async ({ demand }, { key }) => {
      checkNames({ demand, key });
      return perform(pool, confirm, { key, verb: 'confirm', demand }, []);
    },
    release: async ({ demand, site }, { key }) => {
      checkNames({ demand, key });
      return perform(pool, release, { key, verb: 'release', demand }, [site ?? null]);
    },
    ship: async ({ demand, site, lines }, { key }) => {
      checkNames({ demand, key, site });
      checkLines(lines, ({ shipped, short }) => [shipped, short], 'not-negative');
      return perform(pool, ship, { key, verb: 'ship', demand }, [
        site,
        column(lines, ({ lineNumber }) => lineNumber),
        column(lines, ({ item }) => item),
        column(lines, ({ shipped }) => shipped),
        column(lines, ({ short }) => short),
      ]);
    },
    adjust: async ({ reason, changes }, { key }) => {
      checkNames({ reason, key });
      checkPositions(column(changes, ({ by, ...place }) => ({ ...place, quantity: by })));
      await perform(pool, adjust, { key, verb: 'adjust', demand: reason }, [
        column(changes, ({ item }) => item),
        column(changes, ({ site }) => site),
        column(changes, ({ unit }) => unit),
        column(changes, ({ by }) => by),
      ]);
    },
    expire: async (now) => {
      const rows = await ask<{ demand: string }>(pool, expire, [now]);
      return column(rows, ({ demand }) => demand);
    },
    nextExpiry: async () => (await ask<{ at: string }>(pool, nextExpiry, []))[0]?.at,
    setLevels: async (levels) => {
      checkPositions(column(levels, ({ onHand, ...place }) => ({ ...place, quantity: onHand })));
      await ask(pool, setLevels, [
        column(levels, ({ item }) => item),
        column(levels, ({ site }) => site),
        column(levels, ({ unit }) => unit),
        column(levels, ({ onHand }) => onHand),
      ]);
    },
    setSafetyStock: async (levels) => {
      checkPositions(levels);
      await ask(pool, setSafetyStock, [
        column(levels, ({ item }) => item),
        column(levels, ({ site }) => site),
        column(levels, ({ quantity }) => quantity),
      ]);
    },
    availability: async (items) => (await ask<PositionRow>(pool, availability, [items])).map(explain),
  };
}
