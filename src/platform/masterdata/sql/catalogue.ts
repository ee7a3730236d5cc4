/**
 * Takes customers in; rows that say the same already are not written, so that a nightly load of everything costs a look.
 *
 * $1 customers, $2 names, $3 currencies, $4 active
 */
export const loadCustomers = `
insert into catalogue_customer as known (customer, name, currency, active)
select * from unnest($1::text[], $2::text[], $3::text[], $4::boolean[]) as given (customer, name, currency, active)
order by customer
on conflict (customer) do update set name = excluded.name, currency = excluded.currency, active = excluded.active,
  changed_in = excluded.changed_in
where (known.name, known.currency, known.active) is distinct from (excluded.name, excluded.currency, excluded.active)`;

/**
 * Takes items in, as above.
 *
 * $1 items, $2 descriptions, $3 units, $4 conversions as JSON
 */
export const loadItems = `
insert into catalogue_item as known (item, description, unit, conversions)
select item, description, unit, conversions::jsonb
from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as given (item, description, unit, conversions)
order by item
on conflict (item) do update set description = excluded.description, unit = excluded.unit,
  conversions = excluded.conversions, changed_in = excluded.changed_in
where (known.description, known.unit, known.conversions)
  is distinct from (excluded.description, excluded.unit, excluded.conversions)`;

/** Where to look from next time: the oldest transaction that is still open now. What is older is either seen or will never be. */
export const horizon = `select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`;

/** Transactions of the cluster that a dump came from may have higher numbers than ours: only the first look reads those. */
const ofThisCluster = `changed_in <
  case $1 when '0' then '18446744073709551615'::xid8 else pg_snapshot_xmax(pg_current_snapshot()) end`;

/**
 * What was written since a look (indexes catalogue_*_changed).
 *
 * $1 from where; 0: everything
 */
export const changedCustomers = `
select customer, name, currency, active from catalogue_customer
where changed_in >= $1::text::xid8 and ${ofThisCluster}`;
export const changedItems = `
select item, description, unit, conversions from catalogue_item
where changed_in >= $1::text::xid8 and ${ofThisCluster}`;
