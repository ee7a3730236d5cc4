-- Why: figures over a million business objects must be there in a moment, for any time asked for, and each must show what it is made
-- of. So every object's contributions are kept as samples, and days and months are summed up from them. All of it can be worked out
-- anew from runs, stays, facts, journals and cases; nothing here is a source.

-- Which figures there are; samples name them by number.
create table figure_name (
  id smallint generated always as identity primary key,
  name text not null unique
);

-- Which warehouses samples are about, each combination once: 0 is no warehouse, and in sums it stands for all samples together.
create table figure_site_set (
  id smallint generated always as identity primary key,
  sites text[] not null unique
);

-- By what definitions and in which time zone samples were made: with others everything is worked out anew. One row.
create table figure_basis (
  one_row boolean primary key default true check (one_row),
  fingerprint text not null
);

-- Something happened to a business object: its samples are to be looked at. Rows are only added and taken away, so that whoever
-- writes waits for nobody and a change that commits late is not overlooked.
create table figure_due (
  id bigint generated always as identity primary key,
  -- The business key that the others belong to; `case:<id>` for a case without a run.
  course text,
  -- Or a run, whose course is looked up.
  run_id uuid
);

create table figure_sample (
  course text not null,
  figure smallint not null,
  part integer not null,
  -- Of `at`, in the time zone of the installation's deadlines.
  day date not null,
  at timestamptz not null,
  value double precision not null check (value >= 0),
  sites smallint not null,
  case_id uuid,
  note text,
  primary key (course, figure, part)
);
-- What stands behind a figure, day by day, by how bad it is; also what a day is summed up from.
create index sample_of_day on figure_sample (figure, day, value, course, part);

-- Days whose samples changed since they were summed up. Only added to, like figure_due.
create table figure_stale (
  id bigint generated always as identity primary key,
  figure smallint not null,
  day date not null
);
create index stale_days on figure_stale (figure, day);

create table figure_day (
  figure smallint not null,
  day date not null,
  -- A combination of warehouses; 0: all samples of the day.
  sites smallint not null,
  count integer not null,
  sum double precision not null,
  -- Of figures that need more than the sum; the digest has the sorted values with how often each occurs.
  median double precision,
  p95 double precision,
  digest bytea,
  primary key (figure, day, sites)
)
-- Digests lie apart: who wants the days' medians only does not read them.
with (toast_tuple_target = 128);
alter table figure_day alter column digest set storage external;

-- Digests of whole months, of figures that have one, so that a year is not read day by day.
create table figure_month (
  figure smallint not null,
  -- Its first day.
  month date not null,
  -- Null: one of its days changed, and it is to be made again.
  digest bytea,
  primary key (figure, month)
)
with (toast_tuple_target = 128);
alter table figure_month alter column digest set storage external;
create index stale_months on figure_month (month, figure) where digest is null;

-- What people hold figures against; the newest counts, the others are its history.
create table figure_baseline (
  id bigint generated always as identity primary key,
  figure text not null,
  value double precision not null,
  from_day date not null,
  to_day date not null,
  set_at timestamptz not null,
  set_by text not null,
  -- Whoever's own name for this intent: the same again sets nothing twice.
  intent text not null unique
);
create index baseline_of_figure on figure_baseline (figure, id);
