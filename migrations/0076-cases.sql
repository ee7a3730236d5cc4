-- Why: people work with cases: they look for them by what is at risk, act on them one by one and in bulk, and write notes. Each act
-- is remembered under the caller's key, so that the same again does nothing twice. Indexes are over open cases, of which there are
-- few beside the closed ones; building them takes under a second for a hundred thousand.

alter table case_record
  -- Counts what people did to it: who acts on what they saw some time ago is told that it changed.
  add column revision integer not null default 1,
  -- The newest act: a bulk leaves alone what somebody acted on since it began.
  add column acted_at timestamptz;

-- Lists, in the three orders in which they are asked for, and the closed ones latest first.
create index case_by_due on case_record (coalesce(due_by, 'infinity'), id) where closed_at is null;
create index case_by_worth on case_record (coalesce(worth, -1), id) where closed_at is null;
create index case_by_age on case_record (opened_at, id) where closed_at is null;
create index case_by_closing on case_record (closed_at, id) where closed_at is not null;
-- One group's cases in the order in which a bulk takes them.
create index case_of_group on case_record (group_key, coalesce(due_by, 'infinity'), opened_at, id) where closed_at is null;
-- Everything that a summary of groups asks, so that the table itself is not read.
create index case_summary on case_record (group_key, currency, owner) include (worth, opened_at, due_by, deadline_at)
  where closed_at is null;
create index case_of_key on case_record (key);
create index case_of_party on case_record (party) where closed_at is null;
create index case_of_owner on case_record (owner) where closed_at is null and owner is not null;
-- What has no deadline of its own yet.
create index case_without_deadline on case_record (opened_at) where closed_at is null and deadline_at is null;

create table case_note (
  id bigint generated always as identity primary key,
  case_id uuid not null,
  at timestamptz not null,
  by text not null,
  text text not null
);
create index note_of_case on case_note (case_id, id);

-- Written before anything is done, so that the same request again goes on where it was.
create table case_action (
  -- Of whoever asked: `<who>:<their key for the intent>`, or `bulk:<bulk>:<case>`.
  id text primary key,
  case_id uuid not null,
  action text not null,
  at timestamptz not null,
  by text not null,
  details jsonb not null,
  bulk_id uuid,
  -- What became of it: null while it is not known.
  verdict text,
  because text
);
create index action_of_case on case_action (case_id, at);
-- What a node that died left without a verdict.
create index action_unfinished on case_action (bulk_id) where verdict is null and bulk_id is not null;

create table bulk_action (
  id uuid primary key,
  action text not null,
  group_key text not null,
  at timestamptz not null,
  by text not null,
  details jsonb not null,
  state text not null default 'running',
  -- How many there were when it began.
  total integer not null,
  -- Where it is: due date, age and id of the last case that it took.
  place_due timestamptz,
  place_opened timestamptz,
  place_id uuid,
  looked integer not null default 0,
  applied integer not null default 0,
  ignored integer not null default 0,
  refused integer not null default 0,
  -- Why not, by reason.
  refusals jsonb not null default '{}',
  worker text,
  lease_until timestamptz,
  finished_at timestamptz
) with (fillfactor = 70);
create index bulk_running on bulk_action (at) where state = 'running';
create index bulk_by_time on bulk_action (at, id);
