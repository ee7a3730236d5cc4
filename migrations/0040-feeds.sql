-- How far each feed of each instance has been read. Written once the messages before it are durable; reading again changes nothing.
create table crossdock.feed_cursor (
  instance   text        not null,
  feed       text        not null,
  cursor     jsonb       not null,
  updated_at timestamptz not null default now(),
  primary key (instance, feed)
);
