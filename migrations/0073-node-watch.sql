-- Why: that a node is gone must be seen also when it was the one that looked: when each node's beat was seen to move last is kept here,
-- written once a look by the node that leads.
create table node_watch (
  name text primary key,
  beat text not null,
  moved_at timestamptz not null
);
