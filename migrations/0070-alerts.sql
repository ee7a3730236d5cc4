-- Why: what operations people are told. An alert stands for one rule and one subject from when its condition holds until it is over,
-- so that nodes and restarts tell it once; what is to be told to whom waits in an outbox that survives a crash between two attempts.
create table alert (
  id uuid primary key,
  rule text not null,
  -- What the rule found: a cause, a lane, a state. One open alert for each.
  subject text not null,
  severity text not null,
  headline text not null,
  -- How many, worth what, since when: as it was seen last.
  finding jsonb not null,
  opened_at timestamptz not null,
  last_seen_at timestamptz not null,
  last_told_at timestamptz not null,
  -- How often it was repeated.
  repeats integer not null default 0,
  closed_at timestamptz
);
create unique index alert_open on alert (rule, subject) where closed_at is null;

create table alert_delivery (
  -- The id that receivers know a message by: the same in every attempt.
  id text primary key,
  alert_id uuid,
  channel text not null,
  urgent boolean not null,
  message jsonb not null,
  created_at timestamptz not null,
  -- Held until then by quiet hours or the channel's limit; what is held together is told together.
  held_until timestamptz,
  -- When it is tried next.
  due_at timestamptz not null,
  attempts integer not null default 0,
  delivered_at timestamptz,
  -- No more attempts: a case says so.
  abandoned_at timestamptz,
  -- The digest that tells it.
  digest_id text,
  failure text
);
create index alert_delivery_due on alert_delivery (due_at)
  where delivered_at is null and abandoned_at is null and digest_id is null;
-- How much a channel was told lately.
create index alert_delivery_told on alert_delivery (channel, delivered_at) where delivered_at is not null;
create index alert_delivery_of_alert on alert_delivery (alert_id) where delivered_at is null and abandoned_at is null;
