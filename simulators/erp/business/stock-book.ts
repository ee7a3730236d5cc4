import { add, type Decimal, subtract, zero } from '#model/kernel';
import type { LocationRow, MoveRow } from '../models/rows.ts';
import type { Table } from '../records/table.ts';

/** Quantities of products at locations, worked out from the moves and kept up to date with each of them. */
export interface StockBook {
  /** On hand in these locations: what is done. `claimed`: less what is assigned to leave. */
  onHand(product: number, locations: ReadonlySet<number>, claimed: boolean): Decimal;
  /** On hand and what is planned to come and go from today to `end` (all, without it). */
  forecast(product: number, locations: ReadonlySet<number>, today: string, end: string | undefined): Decimal;
  /** The locations and everything below them. */
  within(locations: readonly number[]): ReadonlySet<number>;
}

interface Level {
  done: Decimal;
  assignedIn: Decimal;
  assignedOut: Decimal;
  /** Draft moves by planned day; `''` without one. */
  readonly planned: Map<string, Decimal>;
}

const emptyLevel = (): Level => ({ done: zero, assignedIn: zero, assignedOut: zero, planned: new Map() });

type Change = (a: Decimal, b: Decimal) => Decimal;

function book(level: Level, move: MoveRow, incoming: boolean, apply: Change): void {
  const signed = incoming ? move.quantity : subtract(zero, move.quantity);
  if (move.state === 'done') level.done = apply(level.done, signed);
  else if (move.state === 'assigned' && incoming) level.assignedIn = apply(level.assignedIn, move.quantity);
  else if (move.state === 'assigned') level.assignedOut = apply(level.assignedOut, move.quantity);
  else if (move.state === 'draft') {
    const day = move.planned_date ?? '';
    level.planned.set(day, apply(level.planned.get(day) ?? zero, signed));
  }
}

/** Opens the stock book over the moves. */
export function createStockBook(moves: Table<MoveRow>, locations: Table<LocationRow>): StockBook {
  const levels = new Map<number, Map<number, Level>>();
  const levelAt = (product: number, location: number): Level => {
    const places = levels.get(product) ?? new Map<number, Level>();
    levels.set(product, places);
    const level = places.get(location) ?? emptyLevel();
    places.set(location, level);
    return level;
  };
  const bookMove = (move: MoveRow | undefined, apply: Change): void => {
    if (move === undefined) return;
    book(levelAt(move.product, move.from_location), move, false, apply);
    book(levelAt(move.product, move.to_location), move, true, apply);
  };
  moves.watch((before, after) => {
    bookMove(before, subtract);
    bookMove(after, add);
  });
  const total = (product: number, places: ReadonlySet<number>, of: (level: Level) => Decimal): Decimal => {
    let sum = zero;
    for (const [location, level] of levels.get(product) ?? []) if (places.has(location)) sum = add(sum, of(level));
    return sum;
  };
  const planned = (level: Level, today: string, end: string | undefined): Decimal => {
    let sum = zero;
    for (const [day, quantity] of level.planned) {
      if (end === undefined ? day === '' || day >= today : day >= today && day <= end) sum = add(sum, quantity);
    }
    return sum;
  };
  return {
    onHand: (product, places, claimed) =>
      total(product, places, ({ done, assignedOut }) => (claimed ? subtract(done, assignedOut) : done)),
    forecast: (product, places, today, end) =>
      total(product, places, (level) =>
        add(subtract(add(level.done, level.assignedIn), level.assignedOut), planned(level, today, end)),
      ),
    within: (ids) => {
      const found = new Set(ids);
      for (const id of found) for (const child of locations.by('parent', id)) found.add(child.id);
      return found;
    },
  };
}
