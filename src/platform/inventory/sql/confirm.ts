/**
 * Makes a demand's soft claims firm. The sweep of expired claims is the only judge of expiry: both lock the positions first, so one
 * of the two has the claims and the other finds none.
 *
 * $1 key, $2 demand
 */
export const confirm = {
  name: 'inventory-confirm',
  text: `
with locked as materialized (
  select item, site from stock_position
  where (item, site) in (select item, site from reservation where demand = $2 and state = 'soft')
    and not exists (select from inventory_act where key = $1)
  order by item, site
  for no key update
), soft as (
  delete from reservation using locked
  where reservation.demand = $2 and state = 'soft'
    and reservation.item = locked.item and reservation.site = locked.site
  returning line_number, reservation.item, reservation.site, quantity
), firm as (
  insert into reservation (demand, line_number, site, state, item, quantity)
  select $2, line_number, site, 'firm', item, quantity from soft
  on conflict (demand, line_number, item, site, state) do update set quantity = reservation.quantity + excluded.quantity
), done as (
  insert into inventory_act (key, verb, demand, answer)
  select $1, 'confirm', $2, jsonb_build_object('confirmed', count(*) > 0) from soft
  having not exists (select from inventory_act where key = $1)
  on conflict (key) do nothing
  returning verb, demand, answer
)
select verb, demand, answer from done
union all select verb, demand, answer from inventory_act where key = $1`,
} as const;
