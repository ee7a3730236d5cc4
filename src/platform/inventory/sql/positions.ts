/**
 * Positions never seen are taken over; known ones stay. Written in key order.
 *
 * $1 items, $2 sites, $3 units, $4 on hand
 */
export const setLevels = {
  name: 'inventory-set-levels',
  text: `
insert into stock_position (item, site, unit, on_hand)
select item, site, unit, on_hand
from unnest($1::text[], $2::text[], $3::text[], $4::numeric[]) as given (item, site, unit, on_hand)
order by item, site
on conflict (item, site) do nothing`,
} as const;

/**
 * What is kept back at positions that exist. Locked in key order, as every writer of positions does.
 *
 * $1 items, $2 sites, $3 safety stock
 */
export const setSafetyStock = {
  name: 'inventory-set-safety-stock',
  text: `
with given as (
  select * from unnest($1::text[], $2::text[], $3::numeric[]) as given (item, site, quantity)
), locked as materialized (
  select item, site from stock_position where (item, site) in (select item, site from given)
  order by item, site
  for no key update
)
update stock_position as position set safety_stock = given.quantity
from locked join given using (item, site)
where position.item = given.item and position.site = given.site`,
} as const;

/**
 * Stock came, went or was counted anew, for a reason other than a demand. Less than nothing is refused by the table.
 *
 * $1 key, $2 reason, $3 items, $4 sites, $5 units, $6 by how much (each position once)
 */
export const adjust = {
  name: 'inventory-adjust',
  text: `
with given as materialized (
  select * from unnest($3::text[], $4::text[], $5::text[], $6::numeric[]) as given (item, site, unit, change)
  where not exists (select from inventory_act where key = $1)
), locked as materialized (
  select item, site, on_hand from stock_position where (item, site) in (select item, site from given)
  order by item, site
  for no key update
), done as (
  insert into inventory_act (key, verb, demand, answer)
  select $1, 'adjust', $2, '{}' where not exists (select from inventory_act where key = $1)
  on conflict (key) do nothing
  returning verb, demand, answer
), changed as (
  update stock_position as position set on_hand = locked.on_hand + given.change
  from done, locked join given using (item, site)
  where position.item = given.item and position.site = given.site
), added as (
  insert into stock_position as position (item, site, unit, on_hand)
  select item, site, unit, change from done, given
  where (item, site) not in (select item, site from locked)
  order by item, site
  on conflict (item, site) do update set on_hand = position.on_hand + excluded.on_hand
)
select verb, demand, answer from done
union all select verb, demand, answer from inventory_act where key = $1`,
} as const;

/**
 * The terms of availability, position by position (primary key; claims by index reservation_position).
 *
 * $1 items
 */
export const availability = {
  name: 'inventory-availability',
  text: `
select item, site, unit, trim_scale(on_hand)::text as on_hand, trim_scale(reserved)::text as reserved,
  trim_scale(soft.quantity)::text as soft, trim_scale(safety_stock)::text as safety_stock
from stock_position as position
cross join lateral (
  select coalesce(sum(quantity), 0) as quantity from reservation
  where reservation.item = position.item and reservation.site = position.site and state = 'soft'
) as soft
where position.item = any ($1::text[])
order by item, site`,
} as const;
