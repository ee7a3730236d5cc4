/** How many of them are open, at most. */
const mostOpen = 4_000;

/**
 * Every order with what is drawn for it: spread over a year up to now; few customers order much and many a little; four in a hundred are
 * cancelled. The newest are open, and of the older ones every 2,500th waits for stock.
 */
export const madeOrders = (orders: number): string => `
create unlogged table made as
with drawn as (
  select k, now() - (${orders} - k) * (interval '365 days' / ${orders}) as at, (12346 + floor(power(random(), 2) * 4000))::int as customer,
    random() as by_site, random() as by_channel, random() as by_state, random() as by_due, random() as by_po,
    round((20 + power(random(), 3) * 4000)::numeric, 2) as worth, 1 + floor(power(random(), 2) * 9)::int as lines
  from generate_series(1, ${orders}) k
)
select k, at, (100000 + k)::text as key,
  (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(k % 4096), 3, '0') || '8'
   || lpad(to_hex(k), 15, '0'))::uuid as id,
  (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(k % 4096), 3, '0') || '9'
   || lpad(to_hex(k), 15, '0'))::uuid as part_id,
  customer::text as party,
  (array['Northfield','Baker','Corner','Meyer','Harbour','Green Lane','Ashton','Old Mill','Riverside','Kingsley'])[1 + customer % 10] || ' '
    || (array['Trading','Gifts','Wholesale','& Daughters','Stores','Home','Supplies'])[1 + customer % 7] || ' ' || customer % 400 as party_name,
  case when by_site < 0.66 then array['NORTH'] when by_site < 0.95 then array['SOUTH'] else array['NORTH', 'SOUTH'] end as sites,
  case when by_channel < 0.6 then 'api' when by_channel < 0.8 then 'edi' when by_channel < 0.92 then 'file' else 'crm' end as channel,
  case when by_channel < 0.5 then 'api:web-shop' when by_channel < 0.6 then 'api:field-sales' when by_channel < 0.8 then 'edi-main'
       when by_channel < 0.92 then 'files' else 'crm-main' end as source,
  case when by_po < 0.8 then 'PO-' || (400000 + floor(by_po * 750000))::int || '-' || k % 97 end as po,
  case when by_due < 0.4 then date_trunc('day', at) + interval '1 day' * (2 + floor(by_due * 20)) - interval '1 s' end as due_by,
  worth, case when by_channel < 0.85 then 'GBP' else 'EUR' end as currency, lines,
  case when k > ${orders} - least(${mostOpen}, ${orders} / 10) then
         case when by_state < 0.12 then 'held' when by_state < 0.16 then 'checking' when by_state < 0.19 then 'reserving'
              when by_state < 0.23 then 'booking' when by_state < 0.30 then 'awaiting-stock' else 'fulfilling' end
       when k % 2500 = 0 then 'awaiting-remainder'
       when by_state < 0.96 then 'completed' when by_state < 0.9992 then 'cancelled' else 'compensated' end as state
from drawn`;

const isEnded = `m.state in ('completed', 'cancelled', 'compensated')`;
const took = `interval '1 min' * (30 + m.k % 2000)`;
/** When it came to its state. */
const entered = `case when ${isEnded} then m.at + ${took} else m.at + least(now() - m.at, interval '1 min' * (m.k % 300)) end`;
/** Those that have a fulfilment. */
const hasPart = `m.state in ('completed', 'fulfilling', 'awaiting-remainder')`;

/** As far as lists read them: by flow and key. */
export const runs = `
insert into run (id, flow, flow_version, key, started_at, state, visit, phase, ending, version, advance_id, chain, updated_at, control, document)
select m.id, 'order-to-cash', 1, m.key, m.at, m.state, 6, case when ${isEnded} then 'ended' else 'forward' end, null, 9, gen_random_uuid(),
  '', ${entered}, '{}', '{}'
from made m order by m.k`;

export const standings = `
insert into standing (run_id, flow, key, version, state, visit, phase, ending, started_at, entered_at, updated_at, party, party_name, worth,
                      currency, due_by, sites, source, shows)
select m.id, 'order-to-cash', m.key, 9, m.state, 6, case when ${isEnded} then 'ended' else 'forward' end,
  case when ${isEnded} then m.state end, m.at, ${entered}, ${entered}, m.party, m.party_name, m.worth, m.currency, m.due_by,
  case when m.state in ('checking', 'held') then '{}' else m.sites end, m.source,
  jsonb_strip_nulls(jsonb_build_object('channel', m.channel, 'lines', m.lines, 'customerPurchaseOrder', m.po))
from made m order by m.k`;

export const parts = `
insert into standing (run_id, flow, key, root_flow, root_key, version, state, visit, phase, ending, started_at, entered_at, updated_at,
                      party, worth, currency, due_by, sites, shows)
select m.part_id, 'fulfilment', m.key || '-' || m.sites[1] || '-1', 'order-to-cash', m.key, 7,
  case when m.state <> 'fulfilling' then 'shipped' else (array['releasing','unacknowledged','released','released','released','invoicing'])[1 + m.k % 6] end,
  5, case when m.state <> 'fulfilling' then 'ended' else 'forward' end, case when m.state <> 'fulfilling' then 'completed' end,
  m.at + interval '2 min', ${entered}, ${entered}, m.party, m.worth, m.currency, m.due_by, m.sites[1:1],
  jsonb_build_object('lines', m.lines)
from made m where ${hasPart} order by m.k`;

export const parties = `
insert into standing_party (party, name, folded, folded_name)
select distinct on (party) party, party_name, lower(party), lower(party_name) from made order by party`;

const terms = (kind: string, value: string, where = 'true'): string => `
insert into standing_term (kind, folded, value, started_at, run_id)
select '${kind}', lower(t.value), nullif(t.value, lower(t.value)), m.at, m.id
from made m cross join lateral (select ${value} as value) t where ${where} order by m.k`;

/** What they are found by: about fifteen terms each. */
export const termKinds: Readonly<Record<string, string>> = {
  order: terms('order', 'm.key'),
  'purchase-order': terms('purchase-order', 'm.po', 'm.po is not null'),
  'erp-sales-order': terms(
    'erp-sales-order',
    `'SO' || (500000 + m.k)`,
    `m.state not in ('checking', 'held', 'reserving')`,
  ),
  fulfilment: terms('fulfilment', `m.key || '-' || m.sites[1] || '-1'`, hasPart),
  shipment: terms('shipment', `'SH' || lpad((m.k::bigint * 7 % 100000000)::text, 8, '0')`, `m.state = 'completed'`),
  tracking: terms(
    'tracking',
    `'JD' || lpad((m.k::bigint * 7919 % 1000000007)::text, 12, '0')`,
    `m.state = 'completed'`,
  ),
  invoice: terms('invoice', `'INV' || (700000 + m.k)`, `m.state = 'completed'`),
  opportunity: terms('opportunity', `'006' || substr(md5(m.key), 1, 12)`, `m.channel = 'crm'`),
  channel: terms('channel', 'm.channel'),
  source: terms('source', 'm.source'),
  party: terms('party', 'm.party'),
  site: `
insert into standing_term (kind, folded, value, started_at, run_id)
select 'site', lower(site), site, m.at, m.id from made m cross join lateral unnest(m.sites) as site where m.state not in ('checking', 'held')
order by m.k`,
  item: `
insert into standing_term (kind, folded, value, started_at, run_id)
select distinct 'item', lower(i.item), i.item, m.at, m.id
from made m cross join lateral (
  select (20000 + floor(power(('x' || substr(md5(m.key || '/' || n), 1, 7))::bit(28)::int / 268435456.0, 3) * 4000))::int || 'A' as item
  from generate_series(1, m.lines) n
) i`,
};

const path = (
  flow: string,
  id: string,
  steps: readonly (readonly [string, string, string, string])[],
  where: string,
): string =>
  `insert into stay (run_id, visit, flow, state, entered_at, left_at, moved_to)
select m.${id}, v.visit, '${flow}', v.state, m.at + ${took} * v.begin, m.at + ${took} * v.over, v.moved_to
from made m cross join (values ${steps.map(([state, begin, over, to], index) => `(${index + 1}, '${state}', ${begin}, ${over}, '${to}')`).join(', ')})
  as v (visit, state, begin, over, moved_to)
where ${where} order by m.k`;

export const stays: Readonly<Record<string, string>> = {
  completed: path(
    'order-to-cash',
    'id',
    [
      ['checking', '0.0', '0.01', 'reserving'],
      ['reserving', '0.01', '0.02', 'booking'],
      ['booking', '0.02', '0.04', 'fulfilling'],
      ['fulfilling', '0.04', '0.99', 'closing'],
      ['closing', '0.99', '1.0', 'completed'],
    ],
    `m.state = 'completed'`,
  ),
  cancelled: path(
    'order-to-cash',
    'id',
    [
      ['checking', '0.0', '0.5', 'held'],
      ['held', '0.5', '1.0', 'cancelled'],
    ],
    `m.state = 'cancelled'`,
  ),
  fulfilments: path(
    'fulfilment',
    'part_id',
    [
      ['releasing', '0.04', '0.05', 'unacknowledged'],
      ['unacknowledged', '0.05', '0.1', 'released'],
      ['released', '0.1', '0.9', 'issuing'],
      ['issuing', '0.9', '0.95', 'invoicing'],
      ['invoicing', '0.95', '0.98', 'shipped'],
    ],
    `m.state = 'completed'`,
  ),
};

/** Held orders have a case, and some fulfilments. */
export const casesOfOrders = `
insert into case_record (id, run_id, flow, key, cause, summary, opened_at, group_key, party, worth, currency)
select gen_random_uuid(), m.id, 'order-to-cash', m.key, 'order-held', 'It is held. Release the hold or cancel the order.', m.at, 'order-held',
  m.party, m.worth, m.currency from made m where m.state = 'held'
union all
select gen_random_uuid(), m.part_id, 'fulfilment', m.key || '-' || m.sites[1] || '-1', 'warehouse-silent', 'Ask the warehouse.', m.at,
  'warehouse-silent', m.party, m.worth, m.currency from made m where m.state = 'fulfilling' and m.k % 25 = 0`;

export const oldTables = 'drop table made';
