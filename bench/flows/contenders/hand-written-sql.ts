/**
 * The tables of the hand-written baseline: what a careful engineer makes when each step is to be durable. The order's unchanging
 * input apart from what changes, heap-only updates, only open effects in the effect table, no index that nobody reads.
 */
export const handWrittenTables = `
create table customer_order (
  id bigint generated always as identity primary key,
  number text not null unique,
  state text not null,
  version integer not null,
  updated_at timestamptz not null,
  document text not null
) with (fillfactor = 60, toast_tuple_target = 8160);
alter table customer_order alter column document set storage external;
create table order_input (order_id bigint primary key, input text not null);
create table effect (key text primary key, order_id bigint not null, name text not null, asked_at timestamptz not null);
create table journal (
  order_id bigint not null,
  version integer not null,
  at timestamptz not null,
  entry text not null,
  primary key (order_id, version)
) with (toast_tuple_target = 8160);
create table outbox (
  id bigint generated always as identity primary key,
  type text not null,
  subject text not null,
  at timestamptz not null,
  data text not null
);
create table receipt (source text not null, message_id text not null, order_id bigint not null, primary key (source, message_id));
create table timer (order_id bigint primary key, due_at timestamptz not null);
create index timer_due on timer (due_at);
`;

/** Intake: the order, its input, its first effect, its journal and its deadline, in one round trip. */
export const intake = `
with placed as (
  insert into customer_order (number, state, version, updated_at, document) values ($1, $2, 1, $3, $4) returning id
), given as (
  insert into order_input (order_id, input) select id, $5 from placed
), asked as (
  insert into effect (key, order_id, name, asked_at) select $6, id, $7, $3 from placed
), written as (
  insert into journal (order_id, version, at, entry) select id, 1, $3, $8 from placed
), timed as (
  insert into timer (order_id, due_at) select id, $9 from placed
)
select id from placed`;

/** What a step writes beside the state and the journal. */
export interface StepShape {
  /** Settles this effect. */
  readonly settles: boolean;
  readonly asks: boolean;
  readonly tells: boolean;
  /** Consumes a message. */
  readonly receives: boolean;
  readonly ends: boolean;
}

export interface StepStatement {
  readonly name: string;
  readonly text: string;
}

const parts: Readonly<Record<keyof StepShape, string>> = {
  settles: `settled as (delete from effect where key = $8 and exists (select from moved))`,
  asks: `asked as (insert into effect (key, order_id, name, asked_at) select $9, id, $10, $4 from moved)`,
  tells: `told as (insert into outbox (type, subject, at, data) select $11, $12, $4, $13 from moved)`,
  receives: `received as (insert into receipt (source, message_id, order_id) select $14, $15, id from moved)`,
  ends: `stopped as (delete from timer where order_id = $1 and exists (select from moved))`,
};

/** Values by their number in `parts`; those that a shape does not use are left out and the rest numbered anew. */
export function stepStatement(shape: StepShape): StepStatement & { readonly used: readonly number[] } {
  const chosen = (Object.keys(parts) as (keyof StepShape)[]).filter((part) => shape[part]);
  const timed = shape.ends
    ? []
    : ['timed as (update timer set due_at = $7 where order_id = $1 and exists (select from moved))'];
  const raw = `with moved as (
  update customer_order set state = $3, version = version + 1, updated_at = $4, document = $5 where id = $1 and version = $2 returning id
), written as (
  insert into journal (order_id, version, at, entry) select id, $2 + 1, $4, $6 from moved
), ${[...chosen.map((part) => parts[part]), ...timed].join(', ')}
select id from moved`;
  const used: number[] = [];
  const text = raw.replaceAll(/\$(\d+)/g, (_, number: string) => {
    if (!used.includes(Number(number))) used.push(Number(number));
    return `$${used.indexOf(Number(number)) + 1}${Number(number) === 2 ? '::int' : ''}`;
  });
  return { name: `step-${chosen.join('-')}`, text, used };
}
