-- Why: a fact that its subscriber cannot take is set aside with those of its key that come later, so that only its key waits; what
-- cannot be taken at all waits for a person.

create table parked_fact (
  id uuid primary key default gen_random_uuid(),
  subscription text not null,
  -- The fact as it was told; facts are partitioned by time and may be put away before this is decided.
  subject text not null,
  xid xid8 not null,
  seq bigint not null,
  fact_id uuid not null,
  source text not null,
  type text not null,
  time timestamptz not null,
  data text not null,
  parked_at timestamptz not null default now(),
  -- How often it was tried; 0 while it waits behind another of its key.
  attempts integer not null default 0,
  -- When it is tried next; never while it waits behind another, or for a person.
  next_at timestamptz not null default 'infinity',
  first_failed_at timestamptz,
  -- What the handler said last, and which version of it.
  cause text,
  handler_version text,
  -- A dead letter since then: a person decides.
  dead_at timestamptz,
  -- The case of a dead letter; it stays when the letter is tried again, and closes when that succeeds.
  case_id uuid,
  -- The data as a person repaired it.
  repaired text,
  -- Who had it tried again.
  redriven_by text,
  settled_at timestamptz,
  settled_as text check (settled_as in ('handled', 'skipped'))
) with (fillfactor = 80);

-- The row of a key, in order; also "is this key waiting".
create index parked_fact_of_key on parked_fact (subscription, subject, xid, seq) where settled_at is null;
-- What is due, of every subscription: only heads of rows have a finite time.
create index parked_fact_due on parked_fact (subscription, next_at) where settled_at is null and next_at < 'infinity';
-- A subscription that begins again meets what it has set aside already.
create unique index parked_fact_once on parked_fact (subscription, fact_id) where settled_at is null;
create index parked_fact_of_case on parked_fact (case_id) where case_id is not null;
-- The list of dead letters, oldest first.
create index parked_fact_dead on parked_fact (dead_at) where dead_at is not null and settled_at is null;
