import { type ObjectType, objectTypes } from '../object-types.ts';
import type { FieldValue, Records, StoredRecord } from '../records.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { isGone, type SchemaChanges, shownValue } from '../schema-changes.ts';
import type { Condition, Operand, Operator, Statement } from './statement.ts';

/** A record as an answer shows it. */
export interface Row {
  readonly [member: string]: unknown;
}

/** A child list before it is cut into pages. */
export interface ChildList {
  readonly rows: readonly Row[];
}

const noColumn = (object: string, path: string): Refusal =>
  refuse(400, 'INVALID_FIELD', `No such column '${path}' on entity '${object}'`);

/** Names are compared without case, as the real one does. */
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const typeNamed = (name: string): ObjectType => {
  const found = [...objectTypes.values()].find((type) => same(type.name, name));
  if (found === undefined) throw refuse(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
  return found;
};

/** A path that was looked up: over which references, to which field. */
interface Column {
  readonly steps: readonly { readonly field: string; readonly relationship: string; readonly object: string }[];
  readonly object: string;
  readonly field: string;
  readonly datetime: boolean;
}

function columnOf({ changes }: Scope, type: ObjectType, path: string): Column {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let current = type;
  const steps = names.map((name) => {
    const reference = current.fields.find((field) => field.to !== undefined && same(field.to.relationship, name));
    if (reference?.to === undefined) throw noColumn(current.name, path);
    current = typeNamed(reference.to.object);
    return { field: reference.name, relationship: reference.to.relationship, object: current.name };
  });
  const field = current.fields.find(({ name }) => same(name, last));
  if (field === undefined || isGone(changes, current.name, field.name)) throw noColumn(current.name, path);
  return { steps, object: current.name, field: field.name, datetime: field.type === 'datetime' };
}

function valueAt(records: Records, record: StoredRecord, column: Column): FieldValue {
  let current: StoredRecord | undefined = record;
  for (const { field, object } of column.steps) {
    const id: FieldValue = current[field] ?? null;
    current = id === null ? undefined : records.find(object, String(id));
    if (current === undefined) return null;
  }
  return current[column.field] ?? null;
}

type Comparable = number | string | boolean | null;

const comparisons: Readonly<Record<Exclude<Operator, 'IN'>, (a: Comparable, b: Comparable) => boolean>> = {
  '=': (a, b) => (typeof a === 'string' && typeof b === 'string' ? same(a, b) : a === b),
  '!=': (a, b) => a !== b,
  '<': (a, b) => a !== null && b !== null && a < b,
  '<=': (a, b) => a !== null && b !== null && a <= b,
  '>': (a, b) => a !== null && b !== null && a > b,
  '>=': (a, b) => a !== null && b !== null && a >= b,
};

function compared(value: FieldValue, operator: Operator, operand: Operand): boolean {
  if ('list' in operand) return operand.list.includes(value);
  if (operator === 'IN') return false;
  if (!('moment' in operand)) return comparisons[operator](value, operand.value);
  return comparisons[operator](value === null ? null : Date.parse(String(value)), operand.moment);
}

type Test = (record: StoredRecord) => boolean;

function testOf(scope: Scope, type: ObjectType, condition: Condition): Test {
  if (condition.kind === 'not') {
    const part = testOf(scope, type, condition.part);
    return (record) => !part(record);
  }
  if (condition.kind !== 'compare') {
    const parts = condition.parts.map((part) => testOf(scope, type, part));
    return condition.kind === 'and'
      ? (record) => parts.every((part) => part(record))
      : (record) => parts.some((part) => part(record));
  }
  const { path, operator, operand } = condition;
  const column = columnOf(scope, type, path);
  if (column.datetime && !('moment' in operand) && !('value' in operand && operand.value === null)) {
    const why = `value of filter criterion for field '${path}' must be of type dateTime and should not be enclosed in quotes`;
    throw refuse(400, 'INVALID_FIELD', why);
  }
  return (record) => compared(valueAt(scope.records, record, column), operator, operand);
}

/** Empty values come first; ids and stamps sort as text. */
function comparedForOrder(a: FieldValue, b: FieldValue): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

function sorted(scope: Scope, type: ObjectType, found: readonly StoredRecord[], by: Statement['orderBy']) {
  const columns = by.map(({ path, descending }) => ({
    column: columnOf(scope, type, path),
    sign: descending ? -1 : 1,
  }));
  return [...found].sort((a, b) => {
    for (const { column, sign } of columns) {
      const order = comparedForOrder(valueAt(scope.records, a, column), valueAt(scope.records, b, column));
      if (order !== 0) return sign * order;
    }
    return 0;
  });
}

const attributes = (version: string, object: string, id: string) => ({
  type: object,
  url: `/services/data/${version}/sobjects/${object}/${id}`,
});

/** Puts the value of one path into the row, building the nested records of the references on the way. */
function fill(scope: Scope, row: Record<string, unknown>, record: StoredRecord, column: Column) {
  const { records, version, changes } = scope;
  let target = row;
  let current = record;
  for (const { field, relationship, object } of column.steps) {
    const id = current[field] ?? null;
    const next = id === null ? undefined : records.find(object, String(id));
    if (next === undefined) {
      target[relationship] = null;
      return;
    }
    target[relationship] ??= { attributes: attributes(version, object, next.Id) };
    target = target[relationship] as Record<string, unknown>;
    current = next;
  }
  target[column.field] = shownValue(changes, column.object, column.field, current[column.field] ?? null);
}

interface Scope {
  readonly records: Records;
  /** As in the path of the request, e.g. `v62.0`. */
  readonly version: string;
  readonly changes: SchemaChanges;
}

function childRows(scope: Scope, type: ObjectType, record: StoredRecord, child: Statement): ChildList | null {
  const relation = Object.entries(type.children).find(([name]) => same(name, child.from))?.[1];
  if (relation === undefined) {
    const why = `Didn't understand relationship '${child.from}' in FROM part of query call.`;
    throw refuse(400, 'INVALID_TYPE', why);
  }
  const own = scope.records.all(relation.object).filter((row) => row[relation.field] === record.Id);
  const rows = rowsOf(scope, typeNamed(relation.object), own, child);
  return rows.length === 0 ? null : { rows };
}

function rowsOf(scope: Scope, type: ObjectType, from: readonly StoredRecord[], statement: Statement): readonly Row[] {
  const { version } = scope;
  const columns = statement.paths.map((path) => columnOf(scope, type, path));
  const fits = statement.where === undefined ? () => true : testOf(scope, type, statement.where);
  const found = sorted(scope, type, from.filter(fits), statement.orderBy).slice(0, statement.limit);
  return found.map((record) => {
    const row: Record<string, unknown> = { attributes: attributes(version, type.name, record.Id) };
    for (const column of columns) fill(scope, row, record, column);
    for (const child of statement.children) row[child.from] = childRows(scope, type, record, child);
    return row;
  });
}

/** Answers a statement; the lists of children are whole. Throws a `Refusal` for an object or field that is not there. */
export function evaluate(scope: Scope, statement: Statement): readonly Row[] {
  const type = typeNamed(statement.from);
  return rowsOf(scope, type, scope.records.all(type.name), statement);
}
