-- The catalogue that submissions are checked against, copied from the system of record so that its pace is never ours.
-- `changed_in` is the transaction that wrote the row: a reader that remembers the oldest transaction still open at its last
-- look misses nothing, whatever order transactions commit in.
create table catalogue_customer (
  customer text primary key,
  name text not null,
  currency text not null,
  active boolean not null,
  changed_in xid8 not null default pg_current_xact_id()
);
create index catalogue_customer_changed on catalogue_customer (changed_in);

create table catalogue_item (
  item text primary key,
  description text not null,
  unit text not null,
  -- [{ unit, factor, validFrom?, validTo? }]: read and written as a whole with the item.
  conversions jsonb not null,
  changed_in xid8 not null default pg_current_xact_id()
);
create index catalogue_item_changed on catalogue_item (changed_in);

-- What an id of theirs means to us, from a time on, until the next row of the same id. Ends are not stored, so two meanings
-- can never overlap. No number of ours: from then on it means nothing.
create table cross_reference (
  object_type text not null,
  instance text not null,
  their_id text not null,
  valid_from timestamptz not null,
  our_number text,
  primary key (object_type, instance, their_id, valid_from)
);
create index cross_reference_ours on cross_reference (object_type, our_number, instance);

-- Names that only one holder may have at a time, e.g. a customer's number for what it bought.
create table exclusive_claim (
  scope text not null,
  name text not null,
  holder text not null,
  claimed_at timestamptz not null default now(),
  primary key (scope, name)
);
create index exclusive_claim_holder on exclusive_claim (holder);
