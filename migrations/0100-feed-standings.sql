-- How feeds are read, for all nodes to tell the same: when last, by whom, what came, how long it took. Beside feed_cursor, whose row
-- moves only when there is news: a feed without news looked silent. A node of the program before writes neither and misses nothing.
create table crossdock.feed_standing (
  instance   text        not null,
  feed       text        not null,
  -- Without a fault.
  read_at    timestamptz,
  read_by    text        not null,
  message_at timestamptz,
  -- In a row.
  failures   integer     not null,
  failure    text,
  -- Types of messages that it has brought.
  tells      text[]      not null,
  primary key (instance, feed)
);

-- Ten minutes of a feed. Those older than a day are removed by whoever writes a new one.
create table crossdock.feed_slot (
  instance   text        not null,
  feed       text        not null,
  slot       timestamptz not null,
  messages   integer     not null,
  unreadable integer     not null,
  -- How many messages took how long, in steps that the program knows.
  latencies  integer[]   not null,
  primary key (instance, feed, slot)
);
