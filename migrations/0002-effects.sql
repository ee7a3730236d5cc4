-- Why: what runs have asked of outside systems and what is not settled yet. Only open effects have a row: the happy path is one
-- insert and one delete. The frozen request stands in the journal row that asked (asked_version), not here a second time.

create table node (
  name text primary key,
  -- Counts the lives of the node: what an earlier life owned is orphaned the moment a later one begins.
  epoch bigint not null,
  beat bigint not null default 0,
  started_at timestamptz not null default now()
);

create table effect (
  -- The idempotency key that the outside system sees.
  key text primary key,
  run_id uuid not null,
  name text not null,
  occurrence text not null,
  undoes boolean not null,
  visit integer not null,
  capability text not null,
  instance text not null,
  verb text not null,
  priority smallint not null,
  -- Effects of one order key are sent one after the other, in the order in which they were asked.
  order_key text not null,
  asked_version integer not null,
  asked_at timestamptz not null,
  -- Who sends it; null when it was never sent and anyone may take it.
  owner text,
  epoch bigint,
  attempt integer not null default 1,
  inquiries integer not null default 0,
  not_before timestamptz,
  -- Blind verbs only: committed before the first byte leaves.
  sending boolean not null default false,
  doubt_since timestamptz,
  -- The run no longer wants it: it is not to be sent if it was not sent yet.
  withdraw boolean not null default false
) with (fillfactor = 80);

-- For taking unowned work in lane order; owned rows, the happy path, never touch it.
create index effect_unowned on effect (instance, priority, asked_at) where owner is null;

-- Messages for runs that have not taken them: early ones wait here, and those between runs pass through.
create table inbox (
  flow text not null,
  key text not null,
  -- First 16 bytes of SHA-256 over source and message id.
  hash uuid not null,
  kind text not null,
  message text not null,
  put_at timestamptz not null default now(),
  primary key (flow, key, hash)
);
-- For the sweeper, oldest first.
create index inbox_oldest on inbox (put_at);

-- One row per run that waits for time. The row says "look not later than": it is moved only when a deadline comes nearer.
create table timer (
  run_id uuid primary key,
  due_at timestamptz not null
);
create index timer_due on timer (due_at);

-- What a person must see: one open case per run and cause.
create table case_record (
  id uuid primary key,
  -- Null when there is no run to hang it on: a start that could not be written.
  run_id uuid,
  flow text not null,
  key text not null,
  cause text not null,
  summary text not null,
  opened_at timestamptz not null,
  closed_at timestamptz
);
create unique index case_open on case_record (run_id, cause) where closed_at is null;
create index case_oldest_open on case_record (opened_at) where closed_at is null;
create index case_of_run on case_record (flow, key);
