-- Why: people sign in, and what each may do hangs on who they are. Nothing in these tables opens anything: passwords are kept by a
-- slow hash, sessions and links by the hash of a random token. The program before this one does not know them.

create table person (
  user_name text primary key check (user_name ~ '^[a-z][a-z0-9._-]{0,39}$'),
  name text not null,
  role text not null,
  -- The only warehouses that they may see anything of; null: all.
  sites text[],
  -- `local`: signs in with a password here. `oidc`: is proven by an identity provider each time, which also says the role.
  provider text not null,
  -- Whom the provider calls so.
  issuer text,
  subject text,
  -- With its parameters, so that they can be raised: `scrypt$<N>$<r>$<p>$<salt>$<hash>`.
  password text,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  last_sign_in_at timestamptz
);
create unique index person_of_subject on person (issuer, subject) where subject is not null;

create table person_session (
  -- SHA-256 of the token in the cookie.
  hash bytea primary key check (octet_length(hash) = 32),
  -- Names it in records; proves nothing.
  id uuid not null unique,
  user_name text not null,
  begun_at timestamptz not null default now(),
  ends_at timestamptz not null,
  -- When it was used last, within a minute.
  seen_at timestamptz not null default now(),
  ended_at timestamptz,
  -- Where it was begun: an address from which somebody signed in before is not held up by what others try.
  address text not null
);
create index session_of_person on person_session (user_name, begun_at);
create index session_by_end on person_session (ends_at);

create table sign_in_link (
  -- SHA-256 of the token in the address.
  hash bytea primary key check (octet_length(hash) = 32),
  user_name text not null,
  -- `password`: whoever opens it chooses a password. `direct`: it signs in by itself; only the demo makes such.
  kind text not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  ends_at timestamptz not null,
  used_at timestamptz
);
create index link_of_person on sign_in_link (user_name);
create index link_by_end on sign_in_link (ends_at);

-- How many passwords were tried lately for a name, or for a name from an address: fills with each, empties with time.
create table sign_in_try (
  who text primary key,
  used double precision not null,
  at timestamptz not null,
  allowed boolean not null
) with (fillfactor = 80);
create index try_by_time on sign_in_try (at);
