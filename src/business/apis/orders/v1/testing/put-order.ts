import { randomUUID } from 'node:crypto';
import type { Database } from '#platform/storage';

/** What a test says of an order; the rest is usual. */
export interface PutOrder {
  readonly key: string;
  readonly state?: string;
  readonly phase?: 'forward' | 'ended';
  readonly startedAt?: string;
  readonly enteredAt?: string;
  readonly party?: string;
  readonly partyName?: string;
  readonly worth?: string;
  readonly currency?: string;
  readonly dueBy?: string;
  readonly sites?: readonly string[];
  readonly source?: string;
  readonly terms?: readonly (readonly [kind: string, value: string])[];
  /** It is a fulfilment of this order. */
  readonly of?: string;
}

const run = `
insert into run (id, flow, flow_version, key, started_at, state, visit, phase, ending, version, advance_id, chain, updated_at, control, document)
values ($1, $2, 1, $3, $4, $5, 1, $6, null, 1, gen_random_uuid(), '', $4, '{}', '{}')`;
const standing = `
insert into standing (run_id, flow, key, root_flow, root_key, version, state, visit, phase, ending, started_at, entered_at, updated_at,
                      party, party_name, worth, currency, due_by, sites, source, shows)
values ($1, $2, $3, $4, $5, 1, $6, 1, $7, null, $8, $9, $9, $10, $11, $12, $13, $14, $15, $16, $17)`;
const term = `insert into standing_term (kind, folded, value, started_at, run_id) values ($1, lower($2), nullif($2, lower($2)), $3, $4)`;
const party = `insert into standing_party (party, name, folded, folded_name) values ($1, $2, lower($1), lower($2)) on conflict do nothing`;

/** Writes an order, or a fulfilment, as the platform would have. Answers its run's id. */
export async function putOrder({ pool }: Database, order: PutOrder): Promise<string> {
  const id = randomUUID();
  const { key, state = 'checking', phase = 'forward', startedAt = '2026-03-02T09:00:00.000Z', of, terms = [] } = order;
  const { enteredAt = startedAt, sites = [], source = 'api:shop', partyName = null, dueBy = null } = order;
  const flow = of === undefined ? 'order-to-cash' : 'fulfilment';
  const [root, customer] = [of === undefined ? null : 'order-to-cash', order.party ?? '17850'];
  await pool.query(run, [id, flow, key, startedAt, state, phase]);
  await pool.query(standing, [
    ...[id, flow, key, root, of ?? null, state, phase, startedAt, enteredAt, customer, partyName],
    ...[order.worth ?? null, order.worth === undefined ? null : (order.currency ?? 'GBP'), dueBy, sites, source],
    { channel: 'api', lines: 2 },
  ]);
  if (of !== undefined) return id;
  await pool.query(party, [customer, partyName]);
  const own = [
    ['order', key],
    ['party', customer],
    ['source', source],
    ['channel', 'api'],
    ...sites.map((site) => ['site', site] as const),
  ] as const;
  for (const [kind, value] of [...own, ...terms]) await pool.query(term, [kind, value, startedAt, id]);
  return id;
}

/** Opens a case of a run. */
export async function putCase(
  { pool }: Database,
  runId: string,
  flow: string,
  key: string,
  summary: string,
): Promise<void> {
  const text = `insert into case_record (id, run_id, flow, key, cause, summary, opened_at, group_key, severity)
    values (gen_random_uuid(), $1, $2, $3, 'some-cause', $4, now(), 'g', 'problem')`;
  await pool.query(text, [runId, flow, key, summary]);
}
