/** Makes the monthly partitions of a table for this month and the next two. One node at a time; what is there stays. */
export const makeMonths = `
do $$
declare
  first date := date_trunc('month', now() at time zone 'utc')::date;
  name text;
  parent text;
begin
  perform pg_advisory_xact_lock(7305117221);
  foreach parent in array array['journal', 'fact'] loop
    for ahead in 0..2 loop
      name := parent || to_char(first + make_interval(months => ahead), '_YYYY_MM');
      if to_regclass(name) is null then
        execute format('create table %I partition of %I for values from (%L) to (%L) with (toast_tuple_target = 8160)', name, parent,
                       to_char(first + make_interval(months => ahead), 'YYYY-MM-DD 00:00:00+00'),
                       to_char(first + make_interval(months => ahead + 1), 'YYYY-MM-DD 00:00:00+00'));
      end if;
    end loop;
  end loop;
end
$$`;
