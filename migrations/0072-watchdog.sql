-- Why: what the watchdog found, so that it finds it once, and sees when it is no more. A handful of rows.
create table watchdog_finding (
  -- The run, the effect or the timer.
  subject text primary key,
  kind text not null,
  case_id uuid not null,
  run_id uuid,
  -- The run's version then: when it is another, the run has moved.
  run_version integer,
  found_at timestamptz not null
);
