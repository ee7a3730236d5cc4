import type { ExceptionsDatabase } from './database.ts';
import { selectStandings } from './sql/effects.ts';

/**
 * Where an effect stands that has not come back. `safe to send`: it was not sent, or surely not done. `under way`: a node sends
 * it. `in doubt: asking`: its answer was lost, and the target is asked before anything is sent again.
 */
export type EffectStanding = 'safe to send' | 'under way' | 'in doubt: asking';

/** Where effects stand, by key; a settled one is absent. */
export async function effectStandings(
  database: ExceptionsDatabase,
  keys: readonly string[],
): Promise<ReadonlyMap<string, EffectStanding>> {
  if (keys.length === 0) return new Map();
  const { rows } = await database.pool.query<{ key: string; owned: boolean; doubted: boolean }>(selectStandings, [
    keys,
  ]);
  return new Map(
    rows.map(({ key, owned, doubted }) => [key, doubted ? 'in doubt: asking' : owned ? 'under way' : 'safe to send']),
  );
}
