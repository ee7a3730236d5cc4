/** Where runs stand that another node, or an earlier life of this one, wrote last; by primary key `standing`. */
export const readPlaces = `
select run_id, version, visit, state, entered_at from standing where run_id = any($1::uuid[])`;

/** A row that is thought to be new costs a third less without asking; where that was wrong, the statement fails as a whole. */
const once = (isNew: boolean): string => (isNew ? '' : 'on conflict do nothing');

/**
 * A batch, all of it or nothing. Every table in the order of its key, so that two nodes do not wait for each other. A stay and a term
 * are written once; a standing moves only to a newer version, or with $37 stands as it is made anew.
 */
export const writeRuns = (isNew: boolean): string => `
with given as (
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::int[], $9::text[], $10::text[],
    $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::text[], $16::numeric[], $17::text[], $18::timestamptz[],
    $19::text[], $20::text[], $21::text[])
  as g (run_id, flow, key, root_flow, root_key, version, state, visit, phase, ending, started_at, entered_at, updated_at, party,
        party_name, worth, currency, due_by, sites, source, shows)
), written as (
  insert into standing (run_id, flow, key, root_flow, root_key, version, state, visit, phase, ending, started_at, entered_at, updated_at,
                        party, party_name, worth, currency, due_by, sites, source, shows)
  select run_id, flow, key, root_flow, root_key, version, state, visit, phase, ending, started_at, entered_at, updated_at,
         party, party_name, worth, currency, due_by, sites::text[], source, shows::jsonb
  from given order by run_id
  on conflict (run_id) do update set
    version = excluded.version, state = excluded.state, visit = excluded.visit, phase = excluded.phase, ending = excluded.ending,
    entered_at = excluded.entered_at, updated_at = excluded.updated_at, party = excluded.party, party_name = excluded.party_name,
    worth = excluded.worth, currency = excluded.currency, due_by = excluded.due_by, sites = excluded.sites, source = excluded.source,
    shows = excluded.shows
  where standing.version < excluded.version or ($37::boolean and standing.version = excluded.version)
), termed as (
  insert into standing_term (kind, folded, value, started_at, run_id)
  select t.kind, t.folded, t.value, ($11::timestamptz[])[t.n], ($1::uuid[])[t.n]
  from unnest($22::int[], $23::text[], $24::text[], $25::text[]) as t (n, kind, folded, value)
  order by 1, 2, 4, 5
  ${once(isNew)}
), stayed as (
  insert into stay (run_id, visit, flow, state, entered_at, left_at, moved_to)
  select ($1::uuid[])[s.n], s.visit, s.flow, s.state, s.entered_at, s.left_at, s.moved_to
  from unnest($26::int[], $27::int[], $28::text[], $29::text[], $30::timestamptz[], $31::timestamptz[], $32::text[])
    as s (n, visit, flow, state, entered_at, left_at, moved_to)
  order by 1, 2
  ${once(isNew)}
)
insert into standing_party (party, name, folded, folded_name)
select * from unnest($33::text[], $34::text[], $35::text[], $36::text[]) as p (party, name, folded, folded_name)
order by 1
on conflict (party) do update set name = excluded.name, folded_name = excluded.folded_name
where excluded.name is not null and standing_party.name is distinct from excluded.name`;
