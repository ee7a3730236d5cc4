/**
 * Gives back what a demand has claimed, at one site or everywhere. Positions are locked before claims, as everywhere, in key order.
 *
 * $1 key, $2 demand, $3 site or null
 */
export const release = {
  name: 'inventory-release',
  text: `
with locked as materialized (
  select item, site, reserved from stock_position
  where (item, site) in (select item, site from reservation where demand = $2 and ($3::text is null or site = $3))
    and not exists (select from inventory_act where key = $1)
  order by item, site
  for no key update
), gone as (
  delete from reservation using locked
  where reservation.demand = $2 and reservation.item = locked.item and reservation.site = locked.site
  returning reservation.item, reservation.site, line_number, state, quantity
), given_back as (
  update stock_position as position set reserved = locked.reserved - claim.quantity
  from locked join (select item, site, sum(quantity) as quantity from gone group by item, site) as claim using (item, site)
  where position.item = claim.item and position.site = claim.site
), done as (
  insert into inventory_act (key, verb, demand, answer)
  select $1, 'release', $2, jsonb_build_object('released', coalesce(jsonb_agg(jsonb_build_object(
    'lineNumber', line_number, 'site', site, 'quantity', trim_scale(quantity)::text) order by line_number, site), '[]'))
  from gone
  having not exists (select from inventory_act where key = $1)
  on conflict (key) do nothing
  returning verb, demand, answer
)
select verb, demand, answer from done
union all select verb, demand, answer from inventory_act where key = $1`,
} as const;
