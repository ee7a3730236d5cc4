/**
 * Claims stock for the lines of one demand, or answers as it did before under the same key.
 *
 * `locked` takes the positions in key order (primary key index), so two demands never wait for each other in a ring; and
 * because it locks, it sees what others have just committed, not what stood there when the statement began. Lines of one item are
 * laid end to end, and so are its sites, the fullest first: what a line gets at a site is where the two stretches overlap. `done`
 * decides: a concurrent twin with the same key has waited for the locks, finds the key taken, and so changes nothing.
 *
 * $1 key, $2 demand, $3 line numbers, $4 items, $5 quantities, $6 units, $7 whole or nothing, $8 state, $9 expiry
 */
export const reserve = {
  name: 'inventory-reserve',
  text: `
with asked as materialized (
  select line_number, item, quantity, unit, sum(quantity) over (partition by item order by line_number) as upto
  from unnest($3::integer[], $4::text[], $5::numeric[], $6::text[]) as given (line_number, item, quantity, unit)
  where not exists (select from inventory_act where key = $1)
), locked as materialized (
  select item, site, unit, greatest(on_hand - reserved - safety_stock, 0) as free
  from stock_position
  where item = any ($4::text[]) and not exists (select from inventory_act where key = $1)
  order by item, site
  for no key update
), unfit as (
  select distinct line_number, asked.unit, locked.unit as stocked
  from asked join locked using (item) where asked.unit <> locked.unit
), needed as (
  select item, sum(quantity) as quantity from asked group by item
), one_site as materialized (
  select site from locked join needed using (item)
  where free >= quantity
  group by site having count(*) = (select count(*) from needed)
  order by sum(free) desc, site limit 1
), supply as (
  select item, site, free, sum(free) over (partition by item order by free desc, site rows unbounded preceding) as upto
  from locked
  where free > 0 and (not exists (select from one_site) or site = (select site from one_site))
), placed as materialized (
  select line_number, item, site,
    least(asked.upto, supply.upto) - greatest(asked.upto - asked.quantity, supply.upto - free) as quantity
  from asked join supply using (item)
  where supply.upto - free < asked.upto and asked.upto - asked.quantity < supply.upto
), total as (
  select (select sum(quantity) from asked) as asked, coalesce((select sum(quantity) from placed), 0) as placed
), granted as materialized (
  select placed.* from placed, total where not $7::boolean or total.placed = total.asked
), line_answer as (
  select line_number, jsonb_build_object(
    'lineNumber', line_number,
    'places', coalesce(
      jsonb_agg(jsonb_build_object('site', site, 'quantity', trim_scale(granted.quantity)::text)
        order by granted.quantity desc, site) filter (where site is not null), '[]'),
    'short', trim_scale(asked.quantity - coalesce(sum(granted.quantity), 0))::text) as answer
  from asked left join granted using (line_number)
  group by line_number, asked.quantity
), done as (
  insert into inventory_act (key, verb, demand, answer)
  select $1, $8 || '-reserve', $2, jsonb_build_object('lines', jsonb_agg(answer order by line_number))
  from line_answer
  where not exists (select from unfit)
  having count(*) > 0
  on conflict (key) do nothing
  returning verb, demand, answer
), taken as (
  update stock_position as position set reserved = position.reserved + claim.quantity
  from done, (select item, site, sum(quantity) as quantity from granted group by item, site) as claim
  where position.item = claim.item and position.site = claim.site
), kept as (
  insert into reservation (demand, line_number, site, state, item, quantity, expires_at)
  select $2, line_number, site, $8, item, granted.quantity, $9::timestamptz from done, granted
  on conflict (demand, line_number, item, site, state)
  do update set quantity = reservation.quantity + excluded.quantity, expires_at = excluded.expires_at
)
select verb, demand, answer from done
union all select verb, demand, answer from inventory_act where key = $1
union all select 'unfit', $2, jsonb_agg(to_jsonb(unfit)) from unfit having count(*) > 0`,
} as const;
