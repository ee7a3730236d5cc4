/**
 * Gives back the soft claims whose time is over (index reservation_expiry). What is left is worked out from the row as it was locked: the
 * table's checks look at a new row before the database has found out that the old one was not the newest, and would refuse it.
 *
 * $1 now
 */
export const expire = {
  name: 'inventory-expire',
  text: `
with locked as materialized (
  select item, site, reserved from stock_position
  where (item, site) in (select item, site from reservation where state = 'soft' and expires_at <= $1::timestamptz)
  order by item, site
  for no key update
), gone as (
  delete from reservation using locked
  where state = 'soft' and expires_at <= $1::timestamptz
    and reservation.item = locked.item and reservation.site = locked.site
  returning demand, reservation.item, reservation.site, quantity
), given_back as (
  update stock_position as position set reserved = locked.reserved - claim.quantity
  from locked join (select item, site, sum(quantity) as quantity from gone group by item, site) as claim using (item, site)
  where position.item = claim.item and position.site = claim.site
)
select distinct demand from gone order by demand`,
} as const;

/** The first row of index reservation_expiry. */
export const nextExpiry = {
  name: 'inventory-next-expiry',
  text: `select expires_at as at from reservation where state = 'soft' order by expires_at limit 1`,
} as const;
