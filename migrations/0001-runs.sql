-- Why: the state of every flow lives here and nowhere else. What never changes is written once (run_input), what changes on each
-- advance is one small row (run), and what happened is only ever appended (journal).

create table run (
  -- Time-ordered (version 7), so that receipts and journals of one time lie together.
  id uuid primary key,
  flow text not null,
  flow_version integer not null,
  -- The business key: what people call it, e.g. an order number. One run per flow and key.
  key text not null,
  started_at timestamptz not null,
  -- From here on everything is rewritten by each advance; none of it is indexed, so that updates stay heap-only.
  state text not null,
  visit integer not null,
  phase text not null,
  ending text,
  -- Counts advances; an advance is written only on the version from which it was worked out.
  version integer not null,
  -- Names the last advance, so that a lost COMMIT can be told from a lost race.
  advance_id uuid not null,
  -- Hash of the newest journal row: the end of the run's audit chain.
  chain bytea not null,
  -- When the present visit is overdue; the timer row may be due earlier, never later.
  due_at timestamptz,
  updated_at timestamptz not null,
  control text not null,
  document text not null,
  unique (flow, key)
) with (fillfactor = 60, toast_tuple_target = 8160);

-- Kept as they are: compressing a document on every advance costs more processor than the bytes are worth.
alter table run alter column document set storage external;
alter table run alter column control set storage external;

create table run_input (
  run_id uuid primary key,
  input text not null,
  -- The part of the document that never changes; null when there is none or when it is the input itself.
  given text,
  given_is_input boolean not null
);

-- Messages already consumed, for ever: the only thing that makes a repeated message harmless. No foreign key: the run outlives
-- nothing here and the check would cost a lock on each insert.
create table receipt (
  run_id uuid not null,
  -- First 16 bytes of SHA-256 over source and message id.
  hash uuid not null,
  primary key (run_id, hash)
) partition by hash (run_id);
create table receipt_0 partition of receipt for values with (modulus 8, remainder 0);
create table receipt_1 partition of receipt for values with (modulus 8, remainder 1);
create table receipt_2 partition of receipt for values with (modulus 8, remainder 2);
create table receipt_3 partition of receipt for values with (modulus 8, remainder 3);
create table receipt_4 partition of receipt for values with (modulus 8, remainder 4);
create table receipt_5 partition of receipt for values with (modulus 8, remainder 5);
create table receipt_6 partition of receipt for values with (modulus 8, remainder 6);
create table receipt_7 partition of receipt for values with (modulus 8, remainder 7);

-- One row per advance: its entries as a JSON array. The hash covers the row before it, so a changed or missing row is found.
create table journal (
  run_id uuid not null,
  -- The run's version after this advance.
  version integer not null,
  advance_id uuid not null,
  hash bytea not null,
  recorded_at timestamptz not null default now(),
  entries text not null
) partition by range (recorded_at);
create index journal_of_run on journal (run_id, version);
-- Monthly partitions are made ahead by the engine; what falls outside lands here and is never lost.
create table journal_default partition of journal default with (toast_tuple_target = 8160);

-- Starting what was started already: the first holder of a key in a scope (an idempotency key of a consumer) decides.
create table claim (
  scope text not null,
  key text not null,
  run_flow text not null,
  run_key text not null,
  fingerprint text not null,
  claimed_at timestamptz not null default now(),
  primary key (scope, key)
);

-- A flow that changed under the same version refuses to start.
create table flow_version (
  flow text not null,
  version integer not null,
  fingerprint text not null,
  registered_at timestamptz not null default now(),
  primary key (flow, version)
);
