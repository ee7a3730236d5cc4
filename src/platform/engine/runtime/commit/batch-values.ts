import type { Shape } from '../sql/commit-statement.ts';
import {
  booleanArray,
  bytesArray,
  encodedTextArray,
  instantArray,
  intArray,
  textArray,
  uuidArray,
} from './binary-array.ts';
import type { AskRow, CaseRow, CommitUnit, FactRow, InboxPlace, InboxRow } from './commit-unit.ts';

/** The node that writes, as effects name their owner. */
export interface Owner {
  readonly name: string;
  readonly epoch: number;
}

interface Row<Value> {
  /** The number of its advance, from 1. */
  readonly n: number;
  readonly unit: CommitUnit;
  readonly value: Value;
}

const rowsOf = <Value>(units: readonly CommitUnit[], pick: (unit: CommitUnit) => readonly Value[]): Row<Value>[] =>
  units.flatMap((unit, index) => pick(unit).map((value) => ({ n: index + 1, unit, value })));

const numbers = (rows: readonly Row<unknown>[]): Buffer => intArray(rows.map(({ n }) => n));
const runs = (rows: readonly Row<unknown>[]): Buffer => uuidArray(rows.map(({ unit }) => unit.runId));

const maybe = <Value>(value: Value | null | undefined): readonly Value[] =>
  value === null || value === undefined ? [] : [value];

export const shapeOf = (units: readonly CommitUnit[]): Shape => ({
  starts: units.some((unit) => unit.begins),
  receipts: units.some((unit) => unit.receipt !== null),
  timers: units.some((unit) => unit.timer !== 'keep'),
  facts: units.some((unit) => unit.facts.length > 0),
  versions: units.some((unit) => unit.flowVersion !== undefined),
  rest: units.some(
    (unit) =>
      unit.outbox.length > 0 ||
      unit.consumed !== null ||
      unit.settle.length > 0 ||
      unit.withdraw.length > 0 ||
      unit.openCases.length > 0 ||
      unit.closeCases.length > 0,
  ),
});

function advances(units: readonly CommitUnit[], owner: Owner): Record<string, unknown> {
  return {
    run: uuidArray(units.map((unit) => unit.runId)),
    expected: intArray(units.map((unit) => unit.expected)),
    answer: textArray(units.map((unit) => unit.answers?.key ?? null)),
    attempt: intArray(units.map((unit) => unit.answers?.attempt ?? null)),
    advance_id: uuidArray(units.map((unit) => unit.advanceId)),
    state: textArray(units.map((unit) => unit.state)),
    visit: intArray(units.map((unit) => unit.visit)),
    phase: textArray(units.map((unit) => unit.phase)),
    ending: textArray(units.map((unit) => unit.ending)),
    chain: bytesArray(units.map((unit) => unit.chain)),
    due_at: instantArray(units.map((unit) => unit.dueAt)),
    at: instantArray(units.map((unit) => unit.at)),
    control: textArray(units.map((unit) => unit.control)),
    document: encodedTextArray(units.map((unit) => unit.document)),
    entries: encodedTextArray(units.map((unit) => unit.entries)),
    owner: owner.name,
    epoch: owner.epoch,
  };
}

function starts(units: readonly CommitUnit[]): Record<string, unknown> {
  const begun = units.flatMap((unit) => maybe(unit.begins));
  return {
    starts: begun.length,
    start_flow: textArray(begun.map(({ flow }) => flow)),
    start_version: intArray(begun.map(({ flowVersion }) => flowVersion)),
    start_key: textArray(begun.map(({ key }) => key)),
    start_scope: textArray(begun.map(({ claim }) => claim?.scope ?? null)),
    start_claim: textArray(begun.map(({ claim }) => claim?.key ?? null)),
    start_fingerprint: textArray(begun.map(({ claim }) => claim?.fingerprint ?? null)),
    start_input: textArray(begun.map(({ input }) => input)),
    start_given: textArray(begun.map(({ given }) => given)),
    start_given_is_input: booleanArray(begun.map(({ givenIsInput }) => givenIsInput)),
  };
}

function receipts(units: readonly CommitUnit[]): Record<string, unknown> {
  const rows = rowsOf(units, (unit) => maybe(unit.receipt));
  return {
    receipt_n: numbers(rows),
    receipt_run: runs(rows),
    receipt_hash: uuidArray(rows.map(({ value }) => value)),
  };
}

function asked(units: readonly CommitUnit[]): Record<string, unknown> {
  const rows: Row<AskRow>[] = rowsOf(units, (unit) => unit.ask);
  return {
    ask_n: numbers(rows),
    ask_key: textArray(rows.map(({ value }) => value.key)),
    ask_run: runs(rows),
    ask_name: textArray(rows.map(({ value }) => value.name)),
    ask_occurrence: textArray(rows.map(({ value }) => value.occurrence)),
    ask_undoes: booleanArray(rows.map(({ value }) => value.undoes)),
    ask_visit: intArray(rows.map(({ value }) => value.visit)),
    ask_capability: textArray(rows.map(({ value }) => value.capability)),
    ask_instance: textArray(rows.map(({ value }) => value.instance)),
    ask_verb: textArray(rows.map(({ value }) => value.verb)),
    ask_priority: intArray(rows.map(({ value }) => value.priority)),
    ask_order_key: textArray(rows.map(({ value }) => value.orderKey)),
    ask_version: intArray(rows.map(({ unit }) => unit.expected + 1)),
    ask_at: instantArray(rows.map(({ unit }) => unit.at)),
    ask_owned: booleanArray(rows.map(({ value }) => value.owned)),
    ask_attempt: intArray(rows.map(({ value }) => value.attempt)),
    ask_doubtful: booleanArray(rows.map(({ value }) => value.isDoubtful)),
    ask_unwanted: booleanArray(rows.map(({ value }) => value.isUnwanted)),
  };
}

function timers(units: readonly CommitUnit[]): Record<string, unknown> {
  const set = rowsOf(units, (unit) => (typeof unit.timer === 'object' ? [unit.timer.at] : []));
  const clear = rowsOf(units, (unit) => (unit.timer === 'clear' ? [true] : []));
  return {
    timer_n: numbers(set),
    timer_run: runs(set),
    timer_at: instantArray(set.map(({ value }) => value)),
    clear_n: numbers(clear),
    clear_run: runs(clear),
  };
}

function facts(units: readonly CommitUnit[]): Record<string, unknown> {
  const rows: Row<FactRow>[] = rowsOf(units, (unit) => unit.facts);
  return {
    fact_n: numbers(rows),
    fact_id: uuidArray(rows.map(({ value }) => value.id)),
    fact_source: textArray(rows.map(({ value }) => value.source)),
    fact_type: textArray(rows.map(({ value }) => value.type)),
    fact_subject: textArray(rows.map(({ value }) => value.subject)),
    fact_time: instantArray(rows.map(({ value }) => value.time)),
    fact_data: textArray(rows.map(({ value }) => value.data)),
  };
}

function messages(units: readonly CommitUnit[]): Record<string, unknown> {
  const out: Row<InboxRow>[] = rowsOf(units, (unit) => unit.outbox);
  const taken: Row<InboxPlace>[] = rowsOf(units, (unit) => maybe(unit.consumed));
  return {
    out_n: numbers(out),
    out_flow: textArray(out.map(({ value }) => value.flow)),
    out_key: textArray(out.map(({ value }) => value.key)),
    out_hash: uuidArray(out.map(({ value }) => value.hash)),
    out_kind: textArray(out.map(({ value }) => value.kind)),
    out_message: textArray(out.map(({ value }) => value.message)),
    in_n: numbers(taken),
    in_flow: textArray(taken.map(({ value }) => value.flow)),
    in_key: textArray(taken.map(({ value }) => value.key)),
    in_hash: uuidArray(taken.map(({ value }) => value.hash)),
  };
}

function ends(units: readonly CommitUnit[]): Record<string, unknown> {
  const settled = rowsOf(units, (unit) => unit.settle);
  const withdrawn = rowsOf(units, (unit) => unit.withdraw);
  return {
    settle_n: numbers(settled),
    settle_run: runs(settled),
    settle_key: textArray(settled.map(({ value }) => value)),
    withdraw_n: numbers(withdrawn),
    withdraw_run: runs(withdrawn),
    withdraw_key: textArray(withdrawn.map(({ value }) => value)),
  };
}

function cases(units: readonly CommitUnit[]): Record<string, unknown> {
  const opened: Row<CaseRow>[] = rowsOf(units, (unit) => unit.openCases);
  const closed = rowsOf(units, (unit) => unit.closeCases);
  return {
    case_n: numbers(opened),
    case_id: uuidArray(opened.map(({ value }) => value.id)),
    case_run: runs(opened),
    case_flow: textArray(opened.map(({ unit }) => unit.flow)),
    case_key: textArray(opened.map(({ unit }) => unit.key)),
    case_cause: textArray(opened.map(({ value }) => value.cause)),
    case_summary: textArray(opened.map(({ value }) => value.summary)),
    case_at: instantArray(opened.map(({ unit }) => unit.at)),
    case_group: textArray(opened.map(({ value }) => value.group)),
    case_severity: textArray(opened.map(({ value }) => value.severity ?? 'problem')),
    case_party: textArray(opened.map(({ value }) => value.subject.party ?? null)),
    case_worth: textArray(opened.map(({ value }) => value.subject.worth?.amount ?? null)),
    case_currency: textArray(opened.map(({ value }) => value.subject.worth?.currency ?? null)),
    case_due_by: instantArray(opened.map(({ value }) => value.subject.dueBy ?? null)),
    case_effect: textArray(opened.map(({ value }) => value.effect ?? '')),
    case_instance: textArray(opened.map(({ value }) => value.instance ?? null)),
    case_fault: textArray(opened.map(({ value }) => (value.fault ? JSON.stringify(value.fault) : null))),
    close_n: numbers(closed),
    close_run: runs(closed),
    close_cause: textArray(closed.map(({ value }) => value.cause)),
    close_effect: textArray(closed.map(({ value }) => value.effect ?? '')),
    close_because: textArray(closed.map(({ value }) => value.because)),
    close_at: instantArray(closed.map(({ unit }) => unit.at)),
  };
}

/** The values of a batch by the names of the statement's parameters. Starts stand first. */
export const batchValues = (units: readonly CommitUnit[], owner: Owner, shape: Shape): Record<string, unknown> => ({
  ...advances(units, owner),
  ...asked(units),
  ...(shape.starts ? starts(units) : {}),
  ...(shape.receipts ? receipts(units) : {}),
  ...(shape.timers ? timers(units) : {}),
  ...(shape.versions ? { flow_version: intArray(units.map((unit) => unit.flowVersion ?? null)) } : {}),
  ...(shape.facts ? facts(units) : {}),
  ...(shape.rest ? { ...messages(units), ...ends(units), ...cases(units) } : {}),
});
