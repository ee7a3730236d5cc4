-- Why: the budget of an outside system is the installation's, not a node's. Nodes share it out among themselves in these few small
-- tables once a second; no advance of a run reads or writes them.

-- One row per outside system: its budget, whether it may be used at all, and who finds out when it came back.
create table lane (
  name text primary key,
  concurrency integer not null,
  -- Calls a second; null: no limit.
  per_second double precision,
  -- Into how many equal portions the budget is cut: what nodes hand each other.
  portions integer not null,
  -- Counts what changed below, so that an older reading is known as one.
  revision bigint not null default 0,
  -- The breaker, null while closed. Nodes count down on their own clocks from what was left when they read it.
  shut_since timestamptz,
  shut_until timestamptz,
  shut_for_ms double precision,
  cool_ms double precision,
  shut_because text,
  -- The node whose call finds out whether it is back.
  probe text,
  paused_at timestamptz,
  paused_by text,
  paused_because text
);

-- One row per portion. A portion has one holder, so that together they never have more than there is.
create table lane_portion (
  lane text not null,
  number integer not null,
  holder text,
  primary key (lane, number)
) with (fillfactor = 50);

-- Nodes that hold portions, or might. Whoever lets its beat stand still has stopped to use them before another frees them.
create table lane_node (
  name text primary key,
  epoch bigint not null,
  beat bigint not null default 0,
  -- What it has to do, by lane.
  lanes json not null default '{}'
) with (fillfactor = 50);

-- Who paused and resumed a lane, and when its breaker opened and closed: append-only.
create table lane_event (
  id bigint generated always as identity primary key,
  lane text not null,
  what text not null,
  at timestamptz not null default now(),
  who text,
  because text
);
create index lane_event_of_lane on lane_event (lane, id);
