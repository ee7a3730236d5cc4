import { Type } from 'typebox';
import type { Decimal } from '#model/kernel';
import { deadline, defineEvent, defineFlow, type Flow, type Listing, minutes, when } from '#platform/engine';
import { createEngine, type Engine, runHistories } from '#platform/engine/runtime';
import type { Database, Led } from '#platform/storage';
import { createProgress, type Progress, type ProgressNeeds, type ProgressOptions } from '../progress.ts';

export interface ParcelInput {
  readonly size: number;
  readonly sender?: string;
  readonly part?: string;
}
interface ParcelDoc {
  readonly given: ParcelInput;
  readonly labels: readonly string[];
}
type ParcelDocs = Record<'packing' | 'judging' | 'waiting' | 'sent', ParcelDoc>;

export const Packed = defineEvent('parcel.packed', Type.Object({}));
export const Labelled = defineEvent('parcel.labelled', Type.Object({ label: Type.String() }));
export const Reopened = defineEvent('parcel.reopened', Type.Object({}));

const listParcel = ({ given: { size, sender, part }, labels }: ParcelDoc): Listing => ({
  ...(part === undefined ? {} : { root: { flow: 'parcel', key: part } }),
  ...(sender === undefined ? {} : { party: sender, partyName: `The house of ${sender}` }),
  worth: { amount: String(size) as Decimal, currency: 'GBP' },
  sites: size > 10 ? ['BIG', 'SMALL'] : ['SMALL'],
  source: 'test',
  terms: labels.map((value) => ({ kind: 'label', value })),
  shows: { size },
});

const labelled = when(Labelled, { apply: (doc: ParcelDoc, { label }) => ({ ...doc, labels: [...doc.labels, label] }) });
const late = when<{ readonly state: string }, ParcelDoc, never>(deadline, {});

/** A flow without effects: it goes where messages send it. Big ones wait. */
export const parcel: Flow<ParcelDocs, ParcelInput, null> = defineFlow<ParcelDocs>()({
  name: 'parcel',
  version: 1,
  start: 'packing',
  begin: (given: ParcelInput): ParcelDoc => ({ given, labels: [] }),
  states: {
    packing: { means: 'It is packed.', within: minutes(5), on: [when(Packed, { to: 'judging' }), labelled, late] },
    judging: {
      means: 'Is it big?',
      choose: [{ if: ({ given }) => given.size > 10, to: 'waiting' }, { to: 'sent' }],
    },
    waiting: {
      means: 'It waits for a van.',
      within: minutes(5),
      on: [when(Packed, { to: 'sent' }), when(Reopened, { to: 'packing' }), labelled, late],
    },
    sent: { means: 'It is away.', ends: 'completed' },
  },
  ignore: [{ event: Reopened, because: 'it is open' }],
  lists: listParcel,
  result: () => null,
});

/** Leads at once, and for as long as it is wanted. */
const leadAlone: ProgressNeeds['lead'] = (name, work): Led => {
  const term = new AbortController();
  const working = work(term.signal);
  working.catch(() => undefined);
  return {
    name,
    isLeading: () => true,
    stop: async () => {
      term.abort();
      await working.catch(() => undefined);
    },
  };
};

/** One that never leads. */
export const neverLeads: ProgressNeeds['lead'] = (name) => ({
  name,
  isLeading: () => false,
  stop: async () => undefined,
});

/** Progress that writes soon, and sweeps when it is told to lead. */
export const startProgress = (
  database: Database,
  options: ProgressOptions & { readonly leads?: boolean } = {},
  needs: Partial<ProgressNeeds> = {},
): Progress =>
  createProgress(
    {
      database,
      flows: [parcel],
      histories: (ids) => runHistories(database, ids),
      lead: options.leads ? leadAlone : neverLeads,
      ...needs,
    },
    { gatherMs: 5, ...options },
  );

/** An engine that asks nothing of anybody. */
export const startEngine = (
  database: Database,
  progress?: Pick<Progress, 'advanced'>,
  node = 'node-1',
): Promise<Engine> =>
  createEngine(
    {
      database,
      flows: [parcel],
      providers: {
        choose: () => {
          throw new Error('nobody is asked');
        },
        named: () => {
          throw new Error('nobody is asked');
        },
      },
      ...(progress === undefined ? {} : { onAdvanced: progress.advanced }),
    },
    { node },
  );

let count = 0;

/** A message for a parcel. */
export function message(key: string, type: string, data: object = {}) {
  count += 1;
  return { flow: parcel.name, key, id: `m-${count}`, source: 'test', type, data };
}

/** Everything that was written, without what depends on the run's id. */
export async function written({ pool }: Database) {
  const standing = await pool.query(
    `select key, root_key, version, state, visit, phase, ending, started_at, entered_at, updated_at, party, party_name, worth, currency, sites,
            source, shows from standing order by key`,
  );
  const stays = await pool.query(
    `select s.key, y.visit, y.flow, y.state, y.entered_at, y.left_at, y.moved_to from stay y join standing s using (run_id) order by 1, 2`,
  );
  const terms = await pool.query(
    `select s.key, t.kind, t.folded, t.value from standing_term t join standing s using (run_id) order by 1, 2, 3`,
  );
  const parties = await pool.query('select * from standing_party order by party');
  return { standing: standing.rows, stays: stays.rows, terms: terms.rows, parties: parties.rows };
}
