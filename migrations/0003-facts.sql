-- Why: what runs tell the world, written with the advance that tells it. A reader's cursor is a snapshot: it is given every row
-- whose transaction that snapshot could not see, so that one which commits late under a lower number is not skipped.

create sequence fact_seq;

create table fact (
  xid xid8 not null default pg_current_xact_id(),
  seq bigint not null default nextval('fact_seq'),
  -- The attributes of CloudEvents 1.0; the subject is the business key.
  id uuid not null,
  source text not null,
  type text not null,
  subject text not null,
  time timestamptz not null,
  data text not null,
  recorded_at timestamptz not null default now()
) partition by range (recorded_at);
-- For readers: only the rows at and after the oldest transaction that their snapshot could not see.
create index fact_order on fact (xid, seq);
-- For one business object's facts.
create index fact_of_subject on fact (subject, xid, seq);
create table fact_default partition of fact default with (toast_tuple_target = 8160);

create table subscription (
  name text primary key,
  cursor text,
  updated_at timestamptz not null default now()
);
