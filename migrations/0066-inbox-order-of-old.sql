-- Why: what lay in the inbox before rows were numbered gets its numbers, in the order that is known of it. New rows have theirs by
-- default since the migration before. Early messages are few, so the index is built in a moment.
update inbox i set seq = o.seq
from (
  select flow, key, hash, nextval('inbox_seq') as seq
  from (select flow, key, hash from inbox where seq is null order by put_at, flow, key, hash for update) old
) o
where i.flow = o.flow and i.key = o.key and i.hash = o.hash;

-- For the sweeper, in the order of sending.
create index inbox_in_order on inbox (seq);
