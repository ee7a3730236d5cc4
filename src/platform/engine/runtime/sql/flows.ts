/** The first fingerprint under a version stays, by primary key `flow_version`; answers the one that stands. */
export const registerFlow = `
insert into flow_version (flow, version, fingerprint) values ($1, $2, $3)
on conflict (flow, version) do update set fingerprint = flow_version.fingerprint
returning fingerprint`;

/** By primary key `flow_version`. */
export const replaceFingerprint = `update flow_version set fingerprint = $3 where flow = $1 and version = $2`;

/** Every version that ever ran: a handful. */
export const registeredVersions = `select flow, version from flow_version order by flow, version`;

/**
 * Unfinished runs of these versions, and the keys of the first ten: reads the table once, and only at a start at which the program
 * lacks a version that was registered, or has changed one.
 */
export const unfinishedRuns = `
select r.flow, r.flow_version as version, count(*)::int as count,
       (array_agg(r.key order by r.id))[1:10] as keys
from run r join unnest($1::text[], $2::int[]) as v (flow, version) on v.flow = r.flow and v.version = r.flow_version
where r.phase <> 'ended'
group by r.flow, r.flow_version
order by r.flow, r.flow_version`;

/** One slice of all runs in the order of their ids, by primary key `run`: where it ends, and the unfinished ones of these versions. */
export const sliceOfVersions = `
with slice as materialized (
  select id, flow, flow_version, key, phase from run where id > $1::uuid order by id limit $2
)
select (select id from slice order by id desc limit 1) as last,
       (select json_agg(json_build_object('flow', s.flow, 'key', s.key) order by s.id)
        from slice s join unnest($3::text[], $4::int[]) as v (flow, version) on v.flow = s.flow and v.version = s.flow_version
        where s.phase <> 'ended') as runs`;

/**
 * Gives an effect back that this node owned for a run which went on without it: anyone who knows the run's version takes it, and
 * finds out first whether it was done. By primary key `effect`.
 */
export const giveBack = `
update effect set owner = null, epoch = null, attempt = attempt + 1, doubt_since = coalesce(doubt_since, now())
where key = $1 and owner = $2 and epoch = $3`;
