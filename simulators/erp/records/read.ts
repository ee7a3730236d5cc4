import { userError } from '../wire/refusals.ts';
import { toWire } from '../wire/values.ts';
import { type Field, fieldValue, type Model } from './model.ts';
import { fieldNamed, modelNamed, type Registry } from './registry.ts';
import type { Row, Stored } from './row.ts';
import { type Transaction, versionOf } from './transaction.ts';

type Answer = Record<string, unknown>;

const verbs = { read: 'read', write: 'write to', delete: 'delete' } as const;

/** The rows of these ids; refuses when one does not exist (any more). */
export function rowsOf(model: Model, ids: readonly number[], verb: keyof typeof verbs): readonly Row[] {
  const rows = ids.map((id) => model.table.get(id));
  if (!rows.includes(undefined)) return rows as readonly Row[];
  const what = `${verbs[verb]} records "${ids.join(', ')}" of "${model.label}"`;
  // Records of a company are looked up within the user's companies, and one that is gone is in none of them.
  throw userError(
    'company' in model.fields
      ? `You are not allowed to ${what} because of at least one of these rules:\nUser in companies`
      : `You are trying to ${what} that don't exist anymore.`,
  );
}

/** Fields as they were asked: plain ones, and for each relation what is wanted of its other end. */
function asked(names: readonly string[]): {
  plain: readonly string[];
  related: ReadonlyMap<string, readonly string[]>;
} {
  const related = new Map<string, readonly string[]>();
  const plain = names.filter((name) => {
    const dot = name.indexOf('.');
    if (dot < 0) return true;
    const relation = name.slice(0, dot);
    related.set(relation, [...(related.get(relation) ?? []), name.slice(dot + 1)]);
    return false;
  });
  return { plain, related };
}

/** Where a relation's value leads: the model and the ids. */
function destination(field: Field, value: Stored): readonly [string, readonly number[]] | undefined {
  if (value === null) return undefined;
  if (field.type === 'reference') {
    const [name = '', id] = String(value).split(',');
    return name === '' ? undefined : [name, [Number(id)]];
  }
  return [field.relation ?? '', (Array.isArray(value) ? value : [value]) as readonly number[]];
}

/** Reads fields as the wire writes them. A dotted name adds `<relation>.` with the fields of the other end. */
export function readRows(
  registry: Registry,
  model: Model,
  rows: readonly Row[],
  names: readonly string[],
  transaction: Transaction,
): Answer[] {
  const { plain, related } = asked(names);
  const fields = plain.filter((name) => !name.startsWith('_')).map((name) => [name, fieldNamed(model, name)] as const);
  const relations = [...related].map(([name, wanted]) => [name, fieldNamed(model, name), wanted] as const);
  const readRelated = (row: Row, name: string, field: Field, wanted: readonly string[]): unknown => {
    const found = destination(field, fieldValue(field, name, row, transaction));
    const many = Array.isArray(fieldValue(field, name, row, transaction));
    if (found === undefined) return many ? [] : null;
    const target = modelNamed(registry, found[0]);
    const answers = readRows(registry, target, rowsOf(target, found[1], 'read'), wanted, transaction);
    return many ? answers : (answers[0] ?? null);
  };
  return rows.map((row) => {
    const answer: Answer = { id: row.id };
    for (const [name, field] of fields) answer[name] = toWire(field.type, fieldValue(field, name, row, transaction));
    if (plain.includes('_timestamp')) answer._timestamp = versionOf(row);
    if (plain.includes('_write')) answer._write = true;
    if (plain.includes('_delete')) answer._delete = true;
    for (const [name, field, wanted] of relations) answer[`${name}.`] = readRelated(row, name, field, wanted);
    return answer;
  });
}
