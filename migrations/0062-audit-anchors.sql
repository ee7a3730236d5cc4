-- Why: a run's chain can be computed anew by whoever can write to the journal. An anchor keeps the ends that chains had, so that a
-- rewritten journal no longer fits; each anchor covers the one before it of the same node, so that none can be taken out.

create table audit_anchor (
  node text not null,
  seq bigint not null,
  made_at timestamptz not null default now(),
  -- The runs that the node advanced since its last anchor, each as id (16 bytes), version (4) and end of its chain (32).
  heads bytea not null,
  -- Over the anchor before it and the heads; also told to the log, where nobody who writes to this database reaches it.
  hash bytea not null,
  primary key (node, seq)
);
alter table audit_anchor alter column heads set storage external;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are only ever added', tg_table_name;
end
$$;
create trigger audit_anchor_stays before update or delete or truncate on audit_anchor
  for each statement execute function refuse_change();
