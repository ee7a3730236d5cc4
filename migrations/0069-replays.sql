-- Why: facts can be told to one subscriber again: planned, approved by somebody else, paced, and stopped at the first surprise. A plan
-- lists its facts one by one, so that what each of them was expected to change can be held against what it does.

create table replay (
  id uuid primary key,
  subscription text not null,
  -- What was asked for: times, types, keys.
  selection text not null,
  reason text not null,
  state text not null check (state in ('planned', 'approved', 'running', 'paused', 'stopped', 'finished')),
  per_second integer not null check (per_second > 0),
  planned_by text not null,
  planned_at timestamptz not null default now(),
  approved_by text,
  approved_at timestamptz,
  started_by text,
  -- Facts of the plan, by what each is expected to do.
  facts integer not null,
  nothing integer not null,
  something integer not null,
  doubled integer not null,
  oldest timestamptz,
  newest timestamptz,
  -- How far it is: facts up to this number are told, and so many of them changed something.
  told integer not null default 0,
  changed integer not null default 0,
  -- Not before then: the pace.
  next_at timestamptz not null default now(),
  -- Why it stopped.
  surprise text,
  updated_at timestamptz not null default now()
);
-- What is to be done: few rows at any time.
create index replay_running on replay (next_at) where state = 'running';
create index replay_newest on replay (planned_at);

create table replay_fact (
  replay uuid not null,
  n integer not null,
  fact_id uuid not null,
  subject text not null,
  foreseen smallint not null,
  -- The fact itself, so that a running replay does not depend on what is put away meanwhile.
  source text not null,
  type text not null,
  time timestamptz not null,
  data text not null,
  primary key (replay, n)
);
