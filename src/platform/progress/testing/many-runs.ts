import type { Database } from '#platform/storage';

/**
 * Runs as the writers would have left them: of three hundred parties, one in fifty open, one in ten thousand in a rare end; each with a
 * number, an item of a thousand, and a part that has ended or, of the open ones, waits.
 */
export async function putManyRuns({ pool }: Database, runs: number): Promise<void> {
  await pool.query(`
    create temp table many as
      select n, gen_random_uuid() as id, gen_random_uuid() as part, (100000 + n)::text as key, timestamptz '2026-03-01Z' - (${runs} - n) * interval '1 min' as at,
        'P' || n::bigint * n % 300 as party, case when n % 50 = 0 then 'forward' else 'ended' end as phase,
        case when n % 50 = 0 then case when n % 150 = 0 then 'held' else 'waiting' end when n % 9999 = 0 then 'given-up' else 'done' end as state,
        case when n % 4 = 0 then array['SOUTH'] else array['NORTH'] end as sites
      from generate_series(1, ${runs}) n;
    insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
      select id, 'whole', 1, key, at, state, 2, phase, 3, gen_random_uuid(), '', at, '{}', '{}' from many;
    insert into standing (run_id, flow, key, version, state, visit, phase, started_at, entered_at, updated_at, party, worth, currency, due_by, sites, source, shows)
      select id, 'whole', key, 3, state, 2, phase, at, at + interval '5 min', at, party, n % 1000, 'GBP', case when n % 3 = 0 then at + interval '2 days' end,
        sites, 'api:' || n % 3, '{}' from many;
    insert into standing (run_id, flow, key, root_flow, root_key, version, state, visit, phase, started_at, entered_at, updated_at, sites, shows)
      select part, 'part', key || '-1', 'whole', key, 3, case when phase = 'ended' then 'sent' else 'packed' end, 3, phase, at, at + interval '6 min', at, sites, '{}' from many;
    insert into standing_party (party, name, folded, folded_name) select distinct party, 'Name of ' || party, lower(party), 'name of ' || lower(party) from many;
    insert into standing_term (kind, folded, started_at, run_id)
      select k.kind, lower(k.value), m.at, m.id from many m
      cross join lateral (values ('number', m.key), ('party', m.party), ('site', m.sites[1]), ('source', 'api:' || m.n % 3), ('item', 'i' || m.n * 7 % 1000)) k (kind, value);
    insert into stay (run_id, visit, flow, state, entered_at, left_at, moved_to)
      select id, 1, 'whole', 'begun', at, at + interval '5 min', state from many
      union all select part, v, 'part', case v when 1 then 'packed' else 'leaving' end, at + v * interval '3 min', at + (v + 1) * interval '3 min',
        case v when 1 then 'leaving' else 'sent' end from many cross join generate_series(1, 2) v where phase = 'ended';
    insert into case_record (id, run_id, flow, key, cause, summary, opened_at, group_key, closed_at)
      select gen_random_uuid(), id, 'whole', key, 'c', 's', at, 'g', case when phase = 'ended' then at end from many where n % 3 = 0;
    drop table many`);
  // An index-only read needs the table's visibility.
  await pool.query('vacuum analyze');
}
