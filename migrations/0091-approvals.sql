-- Why: what moves money or goods again is asked for by one person and allowed by another. What was asked stands here whole, so that
-- exactly that is done once it is allowed, by whichever node, and once.

create table approval (
  id uuid primary key,
  what text not null,
  target text not null,
  summary text not null,
  worth numeric,
  currency text,
  -- The only warehouses that it is about; null: unknown, and nobody who is restricted sees it.
  sites text[],
  asked_by text not null,
  asked_at timestamptz not null,
  reason text not null,
  request jsonb not null,
  state text not null default 'pending',
  decided_by text,
  decided_at timestamptz,
  because text,
  -- What came of it; null until it was done.
  outcome text,
  ends_at timestamptz not null
);
create index approval_by_time on approval (asked_at, id);
create index approval_by_state on approval (state, asked_at, id);
-- What was allowed and is not done: few at any time, looked for after a node died.
create index approval_undone on approval (decided_at) where state = 'approved' and outcome is null;
