-- Messages that the door refused: kept with everything that is wrong until somebody mends or drops them.
-- The sender's id makes a repeated delivery the same row.
create table quarantine (
  source      text not null,
  id          text not null,
  failures    jsonb not null,
  original    text not null,
  fingerprint text not null,
  received_at timestamptz not null default now(),
  -- How often it came; a sender that repeats it shows.
  deliveries  integer not null default 1,
  closed_at   timestamptz,
  primary key (source, id)
);

-- The steward's list: what is open, oldest first.
create index quarantine_open on quarantine (received_at) where closed_at is null;
