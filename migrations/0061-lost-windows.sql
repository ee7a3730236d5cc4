-- Why: a database that was restored or failed over has forgotten what was committed last, and the outside systems have not. What is
-- known of such a loss is kept here: until it is covered, what may have been done in that time is asked about before it is sent.

-- Which database this was when it was seen last: one row.
create table database_identity (
  one_row boolean primary key default true check (one_row),
  system_identifier text not null,
  timeline integer not null,
  seen_at timestamptz not null default now()
);

create table lost_window (
  id bigint generated always as identity primary key,
  -- The last commit that the database still knows; what came after is lost.
  from_at timestamptz not null,
  -- When the loss was noticed.
  until_at timestamptz not null,
  -- Runs that began before this ask before they send, for all their life.
  covered_at timestamptz not null,
  -- How it was noticed, for people.
  because text not null,
  recorded_at timestamptz not null default now()
);

-- What nodes remember of starts that this database has forgotten: the same claim gets the same business key, hence the same
-- idempotency keys outside.
create table recalled_claim (
  scope text not null,
  key text not null,
  run_flow text not null,
  run_key text not null,
  primary key (scope, key)
);
create index recalled_run on recalled_claim (run_flow, run_key);
