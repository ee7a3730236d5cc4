-- Why: lists, searches and counts over all runs, with a million of them ended. The engine's own rows carry no index on what changes, so
-- that an advance stays cheap; these are written a moment after it by `#platform/progress`, and can be made again from run and journal.

create table standing (
  run_id uuid primary key,
  flow text not null,
  key text not null,
  -- The run that it is a part of; null: it stands for itself.
  root_flow text,
  root_key text,
  -- Of the run; a row moves only to a newer one.
  version integer not null,
  state text not null,
  visit integer not null,
  phase text not null,
  ending text,
  started_at timestamptz not null,
  -- When it came to its state; of an ended run, when it ended.
  entered_at timestamptz not null,
  updated_at timestamptz not null,
  party text,
  party_name text,
  worth numeric,
  currency text,
  due_by timestamptz,
  sites text[] not null,
  source text,
  shows jsonb not null
) with (fillfactor = 80);

-- Newest first: all, of one state, of those that have not ended.
create index standing_newest on standing (flow, started_at, run_id);
create index standing_of_state on standing (flow, state, started_at, run_id);
create index standing_open on standing (flow, started_at, run_id) where phase <> 'ended';
-- The open ones in their other orders.
create index standing_open_by_age on standing (flow, entered_at, run_id) where phase <> 'ended';
create index standing_open_by_due on standing (flow, (coalesce(due_by, 'infinity')), run_id) where phase <> 'ended';
create index standing_open_by_worth on standing (flow, (coalesce(worth, -1)), run_id) where phase <> 'ended';
-- What ended in a time.
create index standing_ended on standing (flow, entered_at) where phase = 'ended';
-- The parts of a run.
create index standing_of_root on standing (root_flow, root_key) where root_key is not null;

-- What a run is found by. The primary key serves everything: the runs of one value newest first, and the values that begin like another.
create table standing_term (
  kind text collate "C" not null,
  -- In small letters; compared byte by byte.
  folded text collate "C" not null,
  -- As it is written, where that differs.
  value text,
  started_at timestamptz not null,
  run_id uuid not null,
  primary key (kind, folded, started_at, run_id)
);

-- Each party once, so that a name is found without its runs.
create table standing_party (
  party text primary key,
  name text,
  folded text collate "C" not null,
  folded_name text collate "C"
);
create index party_by_number on standing_party (folded);
create index party_by_name on standing_party (folded_name);

-- A visit of a state that is over. The present one stands in `standing`.
create table stay (
  run_id uuid not null,
  visit integer not null,
  flow text not null,
  state text not null,
  entered_at timestamptz not null,
  left_at timestamptz not null,
  -- The state after it.
  moved_to text not null,
  primary key (run_id, visit)
);
-- How long stays of a state were that ended in a time, and where they went.
create index stay_left on stay (flow, state, left_at) include (entered_at, moved_to, run_id);
create index stay_entered on stay using brin (entered_at) with (pages_per_range = 32);

-- One row: how far the sweep is, and the making anew.
create table progress_sweep (
  one boolean primary key default true check (one),
  -- Journal rows recorded before this have been seen.
  swept_to timestamptz,
  -- The shape in which all runs were written, or are being written.
  shape integer,
  rebuilt_to uuid,
  rebuilt_at timestamptz
);
