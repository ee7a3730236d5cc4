/**
 * Goods left a site. On-hand falls by what left and by what was not found; the claim falls by both, as far as there is one: what
 * left without a claim (shipped all the same after a release) still left. On-hand never falls below zero: what the
 * shelves gave beyond our count is told as `unexplained`.
 *
 * $1 key, $2 demand, $3 site, $4 line numbers, $5 items, $6 shipped, $7 short
 */
export const ship = {
  name: 'inventory-ship',
  text: `
with told as materialized (
  select line_number, item, shipped + short as quantity
  from unnest($4::integer[], $5::text[], $6::numeric[], $7::numeric[]) as given (line_number, item, shipped, short)
  where not exists (select from inventory_act where key = $1)
), locked as materialized (
  select item, site, on_hand, reserved from stock_position
  where site = $3 and item = any ($5::text[]) and not exists (select from inventory_act where key = $1)
  order by item, site
  for no key update
), claim as materialized (
  select reservation.line_number, reservation.item, reservation.quantity as claimed,
    least(reservation.quantity, told.quantity) as quantity
  from reservation
  join told on told.line_number = reservation.line_number and told.item = reservation.item
  join locked on locked.item = reservation.item
  where reservation.demand = $2 and reservation.site = $3 and reservation.state = 'firm' and told.quantity > 0
  for update of reservation
), leaving as materialized (
  select locked.item, locked.on_hand, locked.reserved, sum(told.quantity) as quantity
  from told join locked using (item) group by locked.item, locked.on_hand, locked.reserved
), done as (
  insert into inventory_act (key, verb, demand, answer)
  select $1, 'ship', $2, jsonb_build_object('unexplained', coalesce(
    (select jsonb_agg(jsonb_build_object('item', item, 'quantity', trim_scale(quantity - on_hand)::text) order by item)
     from leaving where quantity > on_hand), '[]'))
  from (select count(*) as claims from claim) as seen
  where not exists (select from inventory_act where key = $1)
  on conflict (key) do nothing
  returning verb, demand, answer
), consumed as (
  delete from reservation using done, claim
  where reservation.demand = $2 and reservation.site = $3 and reservation.state = 'firm'
    and reservation.line_number = claim.line_number and reservation.item = claim.item and claim.quantity = claim.claimed
), lowered as (
  update reservation set quantity = reservation.quantity - claim.quantity
  from done, claim
  where reservation.demand = $2 and reservation.site = $3 and reservation.state = 'firm'
    and reservation.line_number = claim.line_number and reservation.item = claim.item and claim.quantity < claim.claimed
), left_here as (
  update stock_position as position set
    on_hand = greatest(leaving.on_hand - leaving.quantity, 0),
    reserved = leaving.reserved
      - coalesce((select sum(claim.quantity) from claim where claim.item = leaving.item), 0)
  from done, leaving
  where position.item = leaving.item and position.site = $3
)
select verb, demand, answer from done
union all select verb, demand, answer from inventory_act where key = $1`,
} as const;
