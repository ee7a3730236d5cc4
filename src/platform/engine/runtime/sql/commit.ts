/**
 * The one statement that writes a batch of advances. Values come as arrays of one length (`advance …`), or as arrays with the
 * number of their advance (`…_n`). Starts come first: number 1 to `starts`.
 *
 * It decides first (locks, receipts, claims, answered effects) and gathers the verdicts in one array, `verdict.s`; every other
 * write looks its advance up there, by subscript and not by a join: a join of two unindexed lists is quadratic, and a join
 * that may hash would one day read a whole table.
 *
 * Rows that are there already are found one by one: `cross join lateral (… offset 0)` is always a look-up by index, also when the
 * planner believes the table to be empty and a walk over its whole index to cost nothing; what it finds is then changed by its
 * place. (`= any(…)` beside a join would do the same, but PostgreSQL sorts that array anew for each row: quadratic.)
 *
 * It relies on `enable_seqscan`, `enable_hashjoin`, `enable_mergejoin` and `enable_bitmapscan` being off (see `commit-connection`).
 */
export const parts = {
  /** What decides, for every batch. */
  advance: `advance as materialized (
  select * from unnest({run}::uuid[], {expected}::int[], {answer}::text[], {attempt}::int[])
    with ordinality as a (run, expected, answer, attempt, n)
)`,

  /** By primary key `run`, in key order: two batches that meet wait for each other once and never in a circle. */
  locked: `locked as materialized (
  select a.n from (select n, run, expected from advance where expected > 0 order by run) a
  cross join lateral (
    select from run r where r.id = a.run and r.version = a.expected offset 0 for no key update
  ) held
)`,

  /** By primary key `receipt`; `offset 0` keeps it a look-up for each message. */
  repeated: `repeated as materialized (
  select q.n from unnest({receipt_n}::int[], {receipt_run}::uuid[], {receipt_hash}::uuid[]) as q (n, run, hash)
  where exists (select from receipt p where p.run_id = q.run and p.hash = q.hash offset 0)
)`,

  /**
   * Messages before which another that was sent earlier still lies there: its hand-off was lost with a node, and it is to be taken
   * first. Both by primary key `inbox`, which holds a handful for a run.
   */
  behind: `behind as materialized (
  select c.n
  from unnest({in_n}::int[], {in_flow}::text[], {in_key}::text[], {in_hash}::uuid[]) as c (n, flow, key, hash)
  cross join lateral (
    select x.seq from inbox x where x.flow = c.flow and x.key = c.key and x.hash = c.hash offset 0
  ) own
  where exists (
    select from inbox x where x.flow = c.flow and x.key = c.key and x.seq < own.seq and x.kind = 'message' offset 0
  )
)`,

  /** By primary key `claim`; a claim is not taken for a run that exists, by unique index `run (flow, key)`. */
  claimed: `claimed as (
  insert into claim (scope, key, run_flow, run_key, fingerprint)
  select c.scope, c.claim, c.flow, c.key, c.fingerprint
  from unnest({start_flow}::text[], {start_key}::text[], {start_scope}::text[], {start_claim}::text[], {start_fingerprint}::text[])
    as c (flow, key, scope, claim, fingerprint)
  where c.scope is not null
    and not exists (select from run r where r.flow = c.flow and r.key = c.key offset 0)
  order by c.scope, c.claim
  on conflict (scope, key) do nothing
  returning run_flow, run_key
)`,

  begun: `begun as (
  insert into run (id, flow, flow_version, key, started_at, state, visit, phase, ending, version, advance_id, chain, due_at,
                   updated_at, control, document)
  select b.id, b.flow, b.flow_version, b.key, b.at, b.state, b.visit, b.phase, b.ending, 1, b.advance, b.chain, b.due_at,
         b.at, b.control, b.document
  from unnest({start_flow}::text[], {start_version}::int[], {start_key}::text[], {start_scope}::text[],
              {run}::uuid[], {advance_id}::uuid[], {state}::text[], {visit}::int[], {phase}::text[], {ending}::text[],
              {chain}::bytea[], {due_at}::timestamptz[], {at}::timestamptz[], {control}::text[], {document}::text[])
    with ordinality as b (flow, flow_version, key, scope, id, advance, state, visit, phase, ending, chain, due_at, at,
                          control, document, n)
  where b.n <= {starts}::int
    and (b.scope is null or ((b.flow, b.key) in (select run_flow, run_key from claimed)) is true)
  order by b.flow, b.key
  on conflict (flow, key) do nothing
  returning id
)`,

  /** By primary key `effect`. An answer counts only while its effect is open; a delete that finds nothing rejects the advance. */
  answered: `answered as (
  delete from effect e using advance a
  cross join lateral (
    select x.ctid as place from effect x
    where x.key = a.answer and x.run_id = a.run
      and (a.attempt is null or (x.owner = {owner}::text and x.epoch = {epoch}::bigint and x.attempt = a.attempt))
    offset 0
  ) at
  where e.ctid = at.place and (select s from candidate)[a.n] = 1
  returning a.n
)`,

  verdict: `verdict as materialized (
  select array_agg(
    case when (select s from candidate)[a.n] = 1 and a.answer is not null and not (a.n in (select n from answered)) then 3
         else (select s from candidate)[a.n] end order by a.n)::int[] as s
  from advance a
)`,

  journal: `journalled as (
  insert into journal (run_id, version, advance_id, hash, entries)
  select j.id, j.expected + 1, j.advance, j.chain, j.entries
  from unnest({run}::uuid[], {expected}::int[], {advance_id}::uuid[], {chain}::bytea[], {entries}::text[])
    with ordinality as j (id, expected, advance, chain, entries, n)
  where j.entries is not null and (select s from verdict)[j.n] = 1
)`,

  input: `inputs as (
  insert into run_input (run_id, input, given, given_is_input)
  select i.id, i.input, i.given, i.given_is_input
  from unnest({run}::uuid[], {start_input}::text[], {start_given}::text[], {start_given_is_input}::boolean[])
    with ordinality as i (id, input, given, given_is_input, n)
  where i.n <= {starts}::int and (select s from verdict)[i.n] = 1
)`,

  receipt: `receipts as (
  insert into receipt (run_id, hash)
  select q.run, q.hash from unnest({receipt_n}::int[], {receipt_run}::uuid[], {receipt_hash}::uuid[]) as q (n, run, hash)
  where (select s from verdict)[q.n] = 1
)`,

  /** What may have been done counts as sent: of a blind verb that is all that the next owner goes by. */
  ask: `asked as (
  insert into effect (key, run_id, name, occurrence, undoes, visit, capability, instance, verb, priority, order_key,
                      asked_version, asked_at, owner, epoch, attempt, doubt_since,
                      sending, withdraw)
  select e.key, e.run, e.name, e.occurrence, e.undoes, e.visit, e.capability, e.instance, e.verb, e.priority, e.order_key,
         e.version, e.at, case when e.owned then {owner}::text end, case when e.owned then {epoch}::bigint end,
         e.attempt, case when e.doubtful then e.at end,
         e.doubtful, e.unwanted
  from unnest({ask_n}::int[], {ask_key}::text[], {ask_run}::uuid[], {ask_name}::text[], {ask_occurrence}::text[],
              {ask_undoes}::boolean[], {ask_visit}::int[], {ask_capability}::text[], {ask_instance}::text[], {ask_verb}::text[],
              {ask_priority}::int[], {ask_order_key}::text[], {ask_version}::int[], {ask_at}::timestamptz[],
              {ask_owned}::boolean[], {ask_attempt}::int[], {ask_doubtful}::boolean[],
              {ask_unwanted}::boolean[])
    as e (n, key, run, name, occurrence, undoes, visit, capability, instance, verb, priority, order_key, version, at, owned,
          attempt, doubtful, unwanted)
  where (select s from verdict)[e.n] = 1
)`,

  timerSet: `timers_set as (
  insert into timer (run_id, due_at)
  select t.run, t.due_at from unnest({timer_n}::int[], {timer_run}::uuid[], {timer_at}::timestamptz[]) as t (n, run, due_at)
  where (select s from verdict)[t.n] = 1
  on conflict (run_id) do update set due_at = excluded.due_at
)`,

  /** By primary key `timer`. */
  timerClear: `timers_cleared as (
  delete from timer t using unnest({clear_n}::int[], {clear_run}::uuid[]) as c (n, run)
  cross join lateral (select x.ctid as place from timer x where x.run_id = c.run offset 0) at
  where t.ctid = at.place and (select s from verdict)[c.n] = 1
)`,

  facts: `facts as (
  insert into fact (id, source, type, subject, time, data)
  select f.id, f.source, f.type, f.subject, f.time, f.data
  from unnest({fact_n}::int[], {fact_id}::uuid[], {fact_source}::text[], {fact_type}::text[], {fact_subject}::text[],
              {fact_time}::timestamptz[], {fact_data}::text[]) with ordinality as f (n, id, source, type, subject, time, data, o)
  where (select s from verdict)[f.n] = 1
  order by f.o
)`,

  outbox: `sent as (
  -- Numbered as they were sent, written in the order of the key, as every other writer does.
  insert into inbox (flow, key, hash, kind, message, seq)
  select o.flow, o.key, o.hash, o.kind, o.message, o.seq
  from (
    select m.flow, m.key, m.hash, m.kind, m.message, nextval('inbox_seq') as seq
    from unnest({out_n}::int[], {out_flow}::text[], {out_key}::text[], {out_hash}::uuid[], {out_kind}::text[], {out_message}::text[])
      with ordinality as m (n, flow, key, hash, kind, message, place)
    where (select s from verdict)[m.n] = 1
    order by m.place
  ) o
  order by o.flow, o.key, o.hash
  on conflict (flow, key, hash) do nothing
)`,

  /** By primary key `inbox`. */
  consumed: `consumed as (
  delete from inbox i
  using unnest({in_n}::int[], {in_flow}::text[], {in_key}::text[], {in_hash}::uuid[]) as c (n, flow, key, hash)
  cross join lateral (
    select x.ctid as place from inbox x where x.flow = c.flow and x.key = c.key and x.hash = c.hash offset 0
  ) at
  where i.ctid = at.place and (select s from verdict)[c.n] = 1
)`,

  /** By primary key `effect`. */
  settle: `settled as (
  delete from effect e using unnest({settle_n}::int[], {settle_run}::uuid[], {settle_key}::text[]) as c (n, run, key)
  cross join lateral (select x.ctid as place from effect x where x.key = c.key and x.run_id = c.run offset 0) at
  where e.ctid = at.place and (select s from verdict)[c.n] = 1
)`,

  /** By primary key `effect`. */
  withdraw: `withdrawn as (
  update effect e set withdraw = true
  from unnest({withdraw_n}::int[], {withdraw_run}::uuid[], {withdraw_key}::text[]) as c (n, run, key)
  cross join lateral (select x.ctid as place from effect x where x.key = c.key and x.run_id = c.run offset 0) at
  where e.ctid = at.place and (select s from verdict)[c.n] = 1
)`,

  openCase: `cases_opened as (
  insert into case_record (id, run_id, flow, key, cause, summary, opened_at, group_key, severity, party, worth, currency, due_by,
                           effect_key, instance, fault)
  select c.id, c.run, c.flow, c.key, c.cause, c.summary, c.at, c.group_key, c.severity, c.party, c.worth::numeric, c.currency,
         c.due_by, c.effect, c.instance, c.fault::jsonb
  from unnest({case_n}::int[], {case_id}::uuid[], {case_run}::uuid[], {case_flow}::text[], {case_key}::text[], {case_cause}::text[],
              {case_summary}::text[], {case_at}::timestamptz[], {case_group}::text[], {case_severity}::text[], {case_party}::text[],
              {case_worth}::text[], {case_currency}::text[], {case_due_by}::timestamptz[], {case_effect}::text[],
              {case_instance}::text[], {case_fault}::text[])
    as c (n, id, run, flow, key, cause, summary, at, group_key, severity, party, worth, currency, due_by, effect, instance, fault)
  where (select s from verdict)[c.n] = 1
  on conflict (run_id, cause, effect_key) where closed_at is null do nothing
)`,

  /** By unique index `case_open_of_run`; `= any` says the same again and rules the other indexes of open cases out. Closed are few. */
  closeCase: `cases_closed as (
  update case_record r set closed_at = c.at, closed_because = c.because
  from unnest({close_n}::int[], {close_run}::uuid[], {close_cause}::text[], {close_effect}::text[], {close_because}::text[],
              {close_at}::timestamptz[]) as c (n, run, cause, effect, because, at)
  where r.run_id = c.run and r.run_id = any({close_run}::uuid[]) and r.cause = c.cause and r.effect_key = c.effect
    and r.closed_at is null and (select s from verdict)[c.n] = 1
)`,
} as const;

/** The runs' rows; their version of the flow only where a run is taken over. */
export const moved = (has: { readonly versions: boolean }): string => `moved as (
  update run r
  set state = m.state, visit = m.visit, phase = m.phase, ending = m.ending, version = r.version + 1, advance_id = m.advance,
      chain = m.chain, due_at = m.due_at, updated_at = m.at, control = m.control, document = m.document${has.versions ? ', flow_version = coalesce(m.flow_version, r.flow_version)' : ''}
  from unnest({run}::uuid[], {expected}::int[], {advance_id}::uuid[], {state}::text[], {visit}::int[], {phase}::text[],
              {ending}::text[], {chain}::bytea[], {due_at}::timestamptz[], {at}::timestamptz[], {control}::text[],
              {document}::text[]${has.versions ? ', {flow_version}::int[]' : ''})
    with ordinality as m (id, expected, advance, state, visit, phase, ending, chain, due_at, at, control, document, ${has.versions ? 'flow_version, ' : ''}n)
  cross join lateral (select x.ctid as place from run x where x.id = m.id offset 0) at
  where r.ctid = at.place and m.expected > 0 and (select s from verdict)[m.n] = 1
)`;

/** The first verdict of each advance: 1 free to write, 0 moved on, 2 consumed before, 4 begun by somebody else, 5 not its turn. */
export const candidate = (has: {
  readonly starts: boolean;
  readonly receipts: boolean;
  readonly rest: boolean;
}): string => `candidate as materialized (
  select array_agg(case
    ${has.starts ? 'when a.expected = 0 then case when a.run in (select id from begun) then 1 else 4 end' : ''}
    when not (a.n in (select n from locked)) then 0
    ${has.receipts ? 'when a.n in (select n from repeated) then 2' : ''}
    ${has.rest ? 'when a.n in (select n from behind) then 5' : ''}
    else 1 end order by a.n)::int[] as s
  from advance a
)`;

/** What came before its run did, by primary key `inbox`. */
export const waitingFor = `(
  select json_agg(json_build_object('flow', i.flow, 'key', i.key, 'hash', i.hash, 'kind', i.kind, 'message', i.message) order by i.seq)
  from unnest({start_flow}::text[], {start_key}::text[]) with ordinality as q (flow, key, n)
  cross join lateral (select x.* from inbox x where x.flow = q.flow and x.key = q.key offset 0) i
  where (select s from verdict)[q.n] = 1
)`;
