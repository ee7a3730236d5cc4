-- Who may call the APIs, what callers have asked for already, and the numbers handed out at the door.

-- A key is found by its public id and proven by the hash of the whole of it: the table alone opens nothing.
-- A consumer may have several alive at once, so that keys are rotated without a pause.
create table api_key (
  id         text primary key check (id ~ '^[0-9a-f]{16}$'),
  consumer   text not null,
  hash       bytea not null check (octet_length(hash) = 32),
  scopes     text[] not null,
  note       text not null default '',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);

-- What a consumer meant by an Idempotency-Key, for writes whose effect does not remember it in its own transaction.
-- Kept for ever: a key forgotten is a write done twice.
create table request_claim (
  scope       text not null,
  key         text not null,
  fingerprint text not null,
  claimed_at  timestamptz not null default now(),
  primary key (scope, key)
);

-- Numbers by series. A node takes a block at a time, so a number costs no statement and a crash leaves a gap.
create table number_series (
  name text primary key,
  next bigint not null
);
