-- Why: what people and callers of the API did must be tellable for ever and not editable unseen. Entries are only ever appended;
-- each carries a hash over the one before it in its chain. There is a chain for each thing that is acted on (a case, a lane), not
-- one for all: a single newest row would be locked by every action of the installation.

create table audit_chain (
  -- What is acted on, e.g. `case:<id>`.
  target text primary key,
  -- Of the newest entry: an entry missing at the end is found by them.
  seq bigint not null,
  hash bytea not null
) with (fillfactor = 80);

create table audit_entry (
  target text not null,
  seq bigint not null,
  at timestamptz not null,
  -- Who: `api:<consumer>`, `person:<name>`, `engine`.
  by text not null,
  action text not null,
  -- JSON, kept as the text over which the hash is.
  details text not null,
  hash bytea not null,
  primary key (target, seq)
);
-- For what happened when, newest first.
create index audit_by_time on audit_entry (at, target, seq);
