import pg from 'pg';

/** A kind of question with the addresses that it is asked at. */
export interface Question {
  readonly kind: string;
  readonly paths: readonly string[];
  /** Goes on by `next` so many pages; each counts. */
  readonly pages?: number;
}

interface Sample {
  readonly key: string;
  readonly party: string;
  readonly name: string;
  readonly po: string | null;
  readonly tracking: string | null;
  readonly erp: string | null;
  readonly item: string;
}

/** Orders of all ages. */
const sampled = `
select s.key, s.party, s.party_name as name, s.shows->>'customerPurchaseOrder' as po,
  (select value from standing_term t where t.kind = 'tracking' and t.folded = 'jd' || lpad((((s.key)::bigint - 100000) * 7919 % 1000000007)::text, 12, '0')
   and t.run_id = s.run_id) as tracking,
  (select value from standing_term t where t.kind = 'erp-sales-order' and t.folded = 'so' || (s.key::bigint + 400000) and t.run_id = s.run_id) as erp,
  (20000 + (s.key::bigint * 31 % 400))::text || 'A' as item
from standing s tablesample bernoulli (1) where s.flow = 'order-to-cash' limit $1`;

const orders = '/api/orders/v1/orders';
const asking = (parameters: Readonly<Record<string, string>>): string => `${orders}?${new URLSearchParams(parameters)}`;

/** The mix: what people and the console ask, each with many values. */
export async function questionsOn(databaseUrl: string, values: number): Promise<readonly Question[]> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=crossdock' });
  await client.connect();
  try {
    const { rows } = await client.query<Sample>(sampled, [values]);
    const of = (
      kind: string,
      parameters: (sample: Sample) => Readonly<Record<string, string>> | undefined,
    ): Question => ({
      kind,
      paths: rows.flatMap((sample) => {
        const asked = parameters(sample);
        return asked === undefined ? [] : [asking(asked)];
      }),
    });
    const lone = (kind: string, path: string): Question => ({ kind, paths: [path] });
    return [
      lone('all', orders),
      { kind: 'all, page after page', paths: [orders], pages: 8 },
      lone('open', asking({ phase: 'open' })),
      { kind: 'open, page after page', paths: [asking({ phase: 'open' })], pages: 8 },
      lone('held', asking({ state: 'held' })),
      lone('cancelled', asking({ state: 'cancelled' })),
      lone('given up', asking({ state: 'compensated' })),
      of('customer', ({ party }) => ({ customer: party })),
      of('customer, open', ({ party }) => ({ customer: party, phase: 'open' })),
      of('item', ({ item }) => ({ item })),
      of('customer and item', ({ party, item }) => ({ customer: party, item })),
      lone('site', asking({ site: 'SOUTH' })),
      of('site, channel and customer', ({ party }) => ({ site: 'SOUTH', channel: 'crm', customer: party })),
      lone('a month', asking({ from: '2026-01-01', to: '2026-01-31', state: 'completed' })),
      lone('longest in their state', asking({ sort: 'longest-in-state' })),
      lone('next due', asking({ sort: 'due' })),
      lone('dearest', asking({ sort: 'worth' })),
      lone('overdue', asking({ due: 'overdue' })),
      lone('with cases', asking({ withCases: 'true' })),
      of('search: order number', ({ key }) => ({ search: key })),
      of('search: beginning of an order number', ({ key }) => ({ search: key.slice(0, 4) })),
      of('search: one digit', ({ key }) => ({ search: key.slice(-1) })),
      of('search: beginning of a purchase order', ({ po }) =>
        po === null ? undefined : { search: po.slice(0, 7).toLowerCase() },
      ),
      of('search: ERP number', ({ erp }) => (erp === null ? undefined : { search: erp })),
      of('search: tracking', ({ tracking }) => (tracking === null ? undefined : { search: tracking })),
      of('search: customer name', ({ name }) => ({ search: name.slice(0, 6) })),
      of('search: customer name, held', ({ name }) => ({ search: name.slice(0, 9), state: 'held' })),
      lone('search: nothing', asking({ search: 'zzz' })),
      lone('stages', '/api/orders/v1/stages'),
      lone('trucks', '/api/orders/v1/trucks'),
    ];
  } finally {
    await client.end();
  }
}
