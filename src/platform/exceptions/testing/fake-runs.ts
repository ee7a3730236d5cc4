import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { FaultRecord } from '#model/kernel';
import type { JournalEntry, Table } from '#platform/engine';
import type { Database } from '#platform/storage';
import type { CaseRuns } from '../desk-needs.ts';
import type { Letter, LetterDesk } from '../letters.ts';

/** A flow `errand` that can be given up; its effect `send` may be edited and answered, `weigh` may be skipped. */
export const errand = {
  name: 'errand',
  version: 1,
  start: 'sending',
  abandonTo: 'given-up',
  states: { sending: { means: 'It is being sent.' } },
  effects: new Map(
    [
      {
        name: 'send',
        request: Type.Object({ to: Type.String(), parcels: Type.Integer() }, { additionalProperties: false }),
        answer: Type.Object({ reference: Type.String() }, { additionalProperties: false }),
      },
      { name: 'weigh', ifSkipped: () => ({}) },
    ].map((effect) => [effect.name, effect]),
  ),
} as unknown as Table;

export const tables = (flow: string, version: number): Table | undefined =>
  flow === errand.name && version === 1 ? errand : undefined;

export interface OpenedCase {
  readonly key: string;
  readonly effect?: string;
  readonly group?: string;
  readonly worth?: string;
  readonly currency?: string;
  readonly party?: string;
  readonly dueBy?: string;
  readonly openedAt?: string;
  readonly severity?: string;
  readonly instance?: string;
  readonly phase?: string;
  readonly fault?: FaultRecord;
}

export interface FakeRuns extends CaseRuns {
  readonly delivered: { readonly key: string; readonly id: string; readonly type: string; readonly data: unknown }[];
  /** Thrown by the next deliveries, as when a node dies. */
  failing: Error | undefined;
  /** Keys whose deliveries always throw. */
  readonly poisoned: Set<string>;
  /** A run in which an effect failed, with its case; answers the case's id. */
  open(one: OpenedCase): Promise<string>;
}

const refused: FaultRecord = { kind: 'permanent', code: 'refused', message: 'It was refused.' };

/**
 * Runs that stand still in tables: a decision is applied while its effect waits, closes its case, and after that is ignored. The
 * same message again changes nothing, as with the real engine.
 */
export function createFakeRuns({ pool }: Database): FakeRuns {
  const waiting = new Map<string, string>();
  const journals = new Map<string, { at: string; entry: JournalEntry }[]>();
  const taken = new Set<string>();
  const at = '2026-03-02T09:00:00.000Z';
  const fake: FakeRuns = {
    delivered: [],
    failing: undefined,
    poisoned: new Set(),
    open: async (one) => {
      const { key, effect = 'send', phase = 'forward', fault = refused } = one;
      const id = randomUUID();
      const run = randomUUID();
      const effectKey = effect === '' ? '' : `errand:${key}:${effect}:once`;
      await pool.query(
        `insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
         values ($1, 'errand', 1, $2, now(), 'sending', 1, $3, 1, $1, '', now(), '{}', '{}') on conflict (flow, key) do update set phase = $3`,
        [run, key, phase],
      );
      await pool.query(
        `insert into case_record (id, run_id, flow, key, cause, summary, opened_at, group_key, effect_key, fault, worth, currency, party, due_by, severity, instance)
         select $1, r.id, 'errand', $2, $3, 'It was refused: mend it.', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
         from run r where r.flow = 'errand' and r.key = $2`,
        [
          id,
          key,
          effect === '' ? 'overdue' : `failed-${effect}`,
          one.openedAt ?? at,
          one.group ?? 'errand.failed-send',
          effectKey,
          effect === '' ? null : JSON.stringify(fault),
          one.worth ?? null,
          one.worth === undefined ? null : (one.currency ?? 'GBP'),
          one.party ?? null,
          one.dueBy ?? null,
          one.severity ?? 'problem',
          one.instance ?? null,
        ],
      );
      if (effect !== '') waiting.set(effectKey, id);
      const asked: JournalEntry = {
        kind: 'asked',
        name: effect,
        occurrence: 'once',
        key: effectKey,
        capability: 'errands',
        request: { to: 'Ann', parcels: 1 },
      };
      journals.set(key, [...(journals.get(key) ?? []), { at, entry: asked }]);
      return id;
    },
    deliver: async (messages) => {
      if (fake.failing !== undefined) throw fake.failing;
      for (const { key, id, source, type, data } of messages) {
        if (fake.poisoned.has(key)) throw new TypeError(`no way with ${key}`);
        if (taken.has(`${key} ${source} ${id}`)) continue;
        taken.add(`${key} ${source} ${id}`);
        fake.delivered.push({ key, id, type, data });
        const { effect = '' } = data as { effect?: string };
        const waits = waiting.get(effect);
        const fits = waits !== undefined || type === 'decide.close' || type === 'decide.compensate';
        waiting.delete(effect);
        const verdict = fits ? 'applied' : 'ignored';
        const because = fits ? {} : { because: 'nothing waits for this decision any more' };
        const entry: JournalEntry = { kind: 'received', message: { id, source, type, data, at }, verdict, ...because };
        journals.set(key, [...(journals.get(key) ?? []), { at, entry }]);
        if (waits !== undefined) {
          await pool.query(`update case_record set closed_at = now(), closed_because = 'it was done' where id = $1`, [
            waits,
          ]);
        }
      }
    },
    view: async (_, key) => ({
      open: [...waiting.keys()]
        .filter((effect) => effect.startsWith(`errand:${key}:`))
        .map((effect) => ({ name: 'send', occurrence: 'once', key: effect, visit: 1, parked: true as const })),
    }),
    journal: async (_, key) => journals.get(key) ?? [],
  };
  return fake;
}

export interface FakeLetters extends LetterDesk {
  readonly asked: string[];
}

/** A desk with the letters that a test lays on it. */
export function createFakeLetters(letters: ReadonlyMap<string, Letter>): FakeLetters {
  const asked: string[] = [];
  const decide = async (what: string, id: string) => {
    asked.push(`${what} ${id}`);
    return letters.has(id)
      ? ({ done: true } as const)
      : ({ done: false, code: 'not-open', because: 'there is no such letter' } as const);
  };
  return {
    asked,
    find: async (id) => letters.get(id),
    list: async () => [...letters.values()],
    retry: (id) => decide('retry', id),
    editAndRetry: (id, edited) => decide(`edit ${edited}`, id),
    skip: (id) => decide('skip', id),
  };
}
