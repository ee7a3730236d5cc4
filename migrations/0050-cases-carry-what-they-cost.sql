-- A case says which many it is one of, with whom it is, how much is at risk and by when, and for which effect it stands: so that
-- four hundred orders with one cause are one line, and the dearest and most urgent are seen first. Two effects of one run may fail
-- for one cause, each with its own case.
-- Written by whoever opens the case; owner, deadline_at and level belong to the people's side.

alter table case_record
  add column group_key text not null default '',
  add column severity text not null default 'problem',
  add column party text,
  add column worth numeric,
  add column currency text,
  add column due_by timestamptz,
  -- The effect's key as it was before any edit; empty when the case is not about an effect.
  add column effect_key text not null default '',
  add column instance text,
  add column fault jsonb,
  add column closed_because text,
  add column owner text,
  add column deadline_at timestamptz,
  add column level integer not null default 0;

update case_record set group_key = flow || '.' || cause where group_key = '';

create unique index case_open_of_run on case_record (run_id, cause, effect_key) where closed_at is null;
drop index case_open;
