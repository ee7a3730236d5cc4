/** As if every figure that an order has samples of had been looked at; `$1` names in order. */
export const names = `insert into figure_name (name) select name from unnest($1::text[]) with ordinality as n (name, n) order by n`;

export const siteSets = `insert into figure_site_set (sites) values ('{NORTH}'), ('{SOUTH}'), ('{NORTH,SOUTH}')`;

/**
 * Samples of $1 orders, spread evenly over $2 days that end now: of each figure of one kind one, skewed as durations are, in the unit's
 * range. $3 names of medians, $4 of shares, $5 of counts, $6 time zone
 */
export const samples = `
insert into figure_sample (course, figure, part, day, at, value, sites)
select 'S-' || n, f.id, 0, (o.at at time zone $6)::date, o.at,
  case f.kind
    when 'median' then round((60 * exp(2.5 * (random() + random() + random() - 1.5)) * (1 + f.id % 7))::numeric, 3)::float8
    when 'share' then (random() < 0.07)::int
    else (random() < 0.03)::int * 100
  end,
  1 + n % 3
from generate_series(1, $1::int) n
cross join lateral (select now() - interval '1 second' * (random() * 86400 * $2::int + 0 * n) as at offset 0) o
cross join (
  select id, case when name = any($3::text[]) then 'median' when name = any($4::text[]) then 'share' else 'count' end as kind
  from figure_name where name = any($3::text[] || $4::text[] || $5::text[])
) f`;

export const stale = `insert into figure_stale (figure, day) select distinct figure, day from figure_sample`;

/** Orders as `#platform/progress` writes them, for the sampler's own pace: $1 of them, each with its stays. */
export const standings = `
insert into standing (run_id, flow, key, version, state, visit, phase, ending, started_at, entered_at, updated_at, sites, shows)
select gen_random_uuid(), 'order-to-cash', 'P-' || n, 20, 'completed', 8, 'ended', 'completed', now() - interval '2 hours', now(), now(),
  '{NORTH}', '{}'
from generate_series(1, $1::int) n`;
export const stays = `
insert into stay (run_id, visit, flow, state, entered_at, left_at, moved_to)
select run_id, v.n, flow, v.state, started_at, started_at + interval '1 minute', 'next' from standing
cross join unnest(array['checking', 'reserving', 'booking', 'fulfilling', 'closing']) with ordinality as v (state, n)
where key like 'P-%'`;
export const journals = `
insert into journal (run_id, version, advance_id, hash, entries)
select run_id, v, gen_random_uuid(), '', '{"at":"2026-01-01T00:00:00.000Z","entries":[' || repeat('{"kind":"told","fact":{}},', 50) || '{}]}'
from standing cross join generate_series(1, 20) v where key like 'P-%'`;
