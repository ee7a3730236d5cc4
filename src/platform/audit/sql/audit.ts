/**
 * Appends entries, each to the chain of its target: the conflicting insert locks the chain's newest link and sees what others just
 * committed, so two writers never make the same link. One entry for each target in a statement; targets in order, so that two
 * batches never wait for each other in a ring. By primary key `audit_chain`.
 *
 * $1 targets, $2 moments, $3 who, $4 actions, $5 details, $6 what is hashed beside the link before
 */
export const appendEntries = `
with given as (
  select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[])
    as g (target, at, by, action, details, hashed)
  order by target
), linked as (
  insert into audit_chain as chain (target, seq, hash)
  select target, 1, sha256(sha256(convert_to(target, 'UTF8')) || convert_to('1' || E'\\n' || hashed, 'UTF8')) from given
  on conflict (target) do update set seq = chain.seq + 1, hash = sha256(chain.hash || convert_to(
    (chain.seq + 1)::text || E'\\n' || (select g.hashed from given g where g.target = chain.target), 'UTF8'))
  returning target, seq, hash
)
insert into audit_entry (target, seq, at, by, action, details, hash)
select given.target, linked.seq, given.at, given.by, given.action, given.details, linked.hash
from given join linked using (target)
returning target, seq`;

/** One target's entries, oldest first; by primary key `audit_entry`. */
export const entriesOfTarget = `
select target, seq, at, by, action, details, hash from audit_entry where target = $1 and seq > $2 order by seq limit $3`;

/** A slice of chains in order of their targets; by primary key `audit_chain`. */
export const chainsAfter = `select target, seq, hash from audit_chain where target > $1 order by target limit $2`;

/** One chain; by primary key. */
export const chainOfTarget = `select target, seq, hash from audit_chain where target = $1`;

/** Entries whose chain is not there; by primary keys of both, in order of targets. */
export const orphanedEntry = `
select target, seq from audit_entry e
where not exists (select from audit_chain c where c.target = e.target) order by target, seq limit 1`;

/** The newest entries before a moment; by `audit_by_time`. */
export const entriesBefore = `
select target, seq, at, by, action, details, hash from audit_entry
where at >= $1 and at < $2 order by at desc, target desc, seq desc limit $3`;
