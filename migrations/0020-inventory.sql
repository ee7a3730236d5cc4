-- Stock by item and site, and who has claimed how much of it. Availability is on hand less reserved less safety stock; the
-- reserved total stands on the position itself, so that a claim locks one short row per item and site and never sums a table.
create table stock_position (
  item text not null,
  site text not null,
  unit text not null,
  on_hand numeric not null check (on_hand >= 0),
  reserved numeric not null default 0 check (reserved >= 0),
  safety_stock numeric not null default 0 check (safety_stock >= 0),
  primary key (item, site)
)
-- Hot rows are updated in place: nothing that changes is indexed, and the page has room for the next version.
with (fillfactor = 60);

-- What one line of a demand has claimed at one site. Soft claims fall back at their expiry unless they are confirmed.
create table reservation (
  demand text not null,
  line_number integer not null,
  site text not null,
  state text not null check (state in ('soft', 'firm')),
  item text not null,
  quantity numeric not null check (quantity > 0),
  expires_at timestamptz,
  primary key (demand, line_number, item, site, state),
  foreign key (item, site) references stock_position,
  check ((state = 'soft') = (expires_at is not null))
);

-- The sweep of expired claims looks only at soft ones.
create index reservation_expiry on reservation (expires_at) where state = 'soft';

-- "Who holds this item here", for people, and the foreign key's other end.
create index reservation_position on reservation (item, site);

-- Every change ever asked for, by its key, with the answer that was given: the same key is answered again and done once.
create table inventory_act (
  key text primary key,
  verb text not null,
  demand text not null,
  answer jsonb not null,
  at timestamptz not null default now()
);
