import type { Table, TableEffect } from '#platform/engine';
import type { CaseRecord } from './case-record.ts';

/**
 * Where a case's effect stands. `safe to send`: it was not sent, or surely not done. `under way`: a node sends it. `in doubt:
 * asking`: its answer was lost, and the target is asked. `in doubt: nobody knows`: the target cannot be asked or could not say.
 */
export type CaseStanding = 'safe to send' | 'under way' | 'in doubt: asking' | 'in doubt: nobody knows' | 'done';

/** The effect that a case stands for. */
export interface CaseEffect {
  readonly key: string;
  /** Absent where this version of the program does not know it. */
  readonly definition?: TableEffect;
  readonly undoes: boolean;
  readonly standing: CaseStanding;
  /** It waits for somebody's decision. */
  readonly parked: boolean;
}

/** The flows that this program knows, by name and version. */
export type Tables = (flow: string, version: number) => Table | undefined;

/** Keys begin with flow, business key and the effect's name, as far as they were not too long. */
function definitionOf({ flow, key, cause }: CaseRecord, effect: string, table: Table): TableEffect | undefined {
  const before = `${flow}:${key}:`.replaceAll(/[^A-Za-z0-9:._-]/g, '_');
  const rest = effect.startsWith(before) ? effect.slice(before.length) : '';
  const byKey = [...table.effects.values()].find(({ name }) => rest.startsWith(`${name}:`));
  return byKey ?? [...table.effects.values()].find(({ name }) => cause.endsWith(`-${name}`));
}

function standingOf(record: CaseRecord): CaseStanding {
  if (record.effectIs === 'in doubt') return 'in doubt: asking';
  if (record.effectIs === 'under way') return 'under way';
  if (record.effectIs === 'waiting to be sent') return 'safe to send';
  if (record.closedAt !== undefined) return 'done';
  return record.fault?.kind === 'ambiguous' ? 'in doubt: nobody knows' : 'safe to send';
}

/** The effect of a case; undefined where it stands for none. */
export function effectOf(record: CaseRecord, tables: Tables): CaseEffect | undefined {
  const { effect: key, run, closedAt, effectIs } = record;
  if (key === undefined) return undefined;
  const table = run && tables(record.flow, run.version);
  const definition = table && definitionOf(record, key, table);
  return {
    key,
    ...(definition === undefined ? {} : { definition }),
    undoes: key.endsWith(':undo'),
    standing: standingOf(record),
    parked: closedAt === undefined && effectIs === undefined && run?.phase !== 'ended',
  };
}
