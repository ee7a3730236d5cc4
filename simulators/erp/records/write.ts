import { crash, userError } from '../wire/refusals.ts';
import { fromWire } from '../wire/values.ts';
import { applyCommands, type Commands, commandsOf, linkedIds } from './commands.ts';
import type { Field, Model } from './model.ts';
import { rowsOf } from './read.ts';
import { fieldNamed, modelNamed, type Registry } from './registry.ts';
import type { Columns, Row, Stored, Values } from './row.ts';
import type { Transaction } from './transaction.ts';

/** What was sent for a record, sorted by what is to be done with it. */
interface Sorted {
  readonly columns: Record<string, Stored>;
  readonly children: readonly (readonly [field: Field, commands: Commands])[];
  readonly setters: readonly (readonly [field: Field, value: unknown])[];
}

const kept: readonly string[] = ['id', 'create_date', 'create_uid', 'write_date', 'write_uid'];

function sort(model: Model, sent: object, before: Row | undefined): Sorted {
  const columns: Record<string, Stored> = {};
  const children: [Field, Commands][] = [];
  const setters: [Field, unknown][] = [];
  for (const [name, value] of Object.entries(sent)) {
    if (kept.includes(name)) continue;
    const field = fieldNamed(model, name);
    if (field.write !== undefined) setters.push([field, value]);
    else if (field.inverse !== undefined) children.push([field, commandsOf(value)]);
    else if (field.compute !== undefined) {
      throw crash(`Missing setter function for field "${field.label}" in "${model.label}".`);
    } else if (field.type === 'many2many') {
      columns[name] = linkedIds((before?.[name] ?? []) as readonly number[], commandsOf(value));
    } else columns[name] = fromWire(field.type, value);
  }
  return { columns, children, setters };
}

const isEmpty = (value: Stored): boolean => value === null || value === '';

function checkDigits(model: Model, field: Field, value: Stored): void {
  if (field.digits === undefined || value === null) return;
  const places = (String(value).split('.')[1] ?? '').replace(/0+$/, '').length;
  if (places > field.digits) {
    throw userError(
      `The number of digits in the value "Decimal('${value}')" for field "${field.label}" in "${model.label}" exceeds the limit of "${field.digits}".`,
    );
  }
}

function checkRelation(registry: Registry, model: Model, field: Field, value: Stored): void {
  if (field.relation === undefined || value === null) return;
  const target = modelNamed(registry, field.relation);
  for (const id of (Array.isArray(value) ? value : [value]) as readonly number[]) {
    if (target.table.get(id) === undefined) {
      throw userError(`The value "${id}" for field "${field.label}" in "${model.label}" does not exist.`);
    }
  }
}

/** Refuses a record as the real one does: what is missing, too exact, leads nowhere or is no option. */
function check(registry: Registry, model: Model, row: Row, transaction: Transaction): void {
  for (const [name, field] of Object.entries(model.fields)) {
    if (field.compute !== undefined || field.inverse !== undefined) continue;
    const value = row[name] ?? null;
    if (field.required === true && isEmpty(value)) {
      throw userError(`A value is required for field "${field.label}" in "${model.label}".`);
    }
    if (field.options !== undefined && value !== null && !field.options.includes(String(value))) {
      throw userError(
        `The value "${value}" for field "${field.label}" in "${model.label}" is not one of the allowed options.`,
      );
    }
    checkDigits(model, field, value);
    checkRelation(registry, model, field, value);
  }
  model.checkRow?.(row, transaction);
}

function mayNot(model: Model, verb: 'create' | 'write' | 'delete'): void {
  if (!model.open.has(verb)) throw userError(`You are not allowed to access "${model.label}".`);
}

/** Every column, empty where nothing was said. */
function emptyColumns(model: Model): Record<string, Stored> {
  const stored = Object.entries(model.fields).filter(
    ([name, field]) => !kept.includes(name) && field.compute === undefined && field.inverse === undefined,
  );
  return Object.fromEntries(stored.map(([name, { type }]) => [name, type === 'many2many' ? [] : null]));
}

export function createRecord(registry: Registry, model: Model, sent: object, transaction: Transaction): number {
  mayNot(model, 'create');
  const { columns, children, setters } = sort(model, sent, undefined);
  const values: Values = { ...emptyColumns(model), ...model.defaults(transaction), ...columns };
  const row = transaction.insert(model.table, values as Columns<Row>);
  for (const [field, value] of setters) field.write?.(row, value, transaction);
  for (const [field, commands] of children)
    applyCommands(childVerbs(registry, model, field), row.id, commands, transaction);
  check(registry, model, model.table.must(row.id), transaction);
  model.afterCreate?.(model.table.must(row.id), transaction);
  return row.id;
}

export function writeRecords(
  registry: Registry,
  model: Model,
  ids: readonly number[],
  sent: object,
  transaction: Transaction,
): void {
  mayNot(model, 'write');
  for (const before of rowsOf(model, ids, 'write')) {
    const { columns, children, setters } = sort(model, sent, before);
    model.beforeWrite?.(before, columns, transaction);
    transaction.update(model.table, before.id, columns);
    for (const [field, value] of setters) field.write?.(before, value, transaction);
    for (const [field, commands] of children) {
      applyCommands(childVerbs(registry, model, field), before.id, commands, transaction);
    }
    check(registry, model, model.table.must(before.id), transaction);
  }
}

export function deleteRecords(model: Model, ids: readonly number[], transaction: Transaction): void {
  mayNot(model, 'delete');
  for (const row of rowsOf(model, ids, 'delete')) {
    if (model.erase === undefined) transaction.remove(model.table, row.id);
    else model.erase(row, transaction);
  }
}

/** What the commands of a one2many do at the other end. */
function childVerbs(registry: Registry, model: Model, field: Field) {
  const target = modelNamed(registry, field.relation ?? '');
  const inverse = field.inverse ?? '';
  const pointer = (owner: number): number | string =>
    target.fields[inverse]?.type === 'reference' ? `${model.name},${owner}` : owner;
  return {
    create: (owner: number, sent: object, transaction: Transaction) => {
      createRecord(registry, target, { ...sent, [inverse]: pointer(owner) }, transaction);
    },
    write: (ids: readonly number[], sent: object, transaction: Transaction) =>
      writeRecords(registry, target, ids, sent, transaction),
    erase: (ids: readonly number[], transaction: Transaction) => deleteRecords(target, ids, transaction),
    adopt: (owner: number | null, ids: readonly number[], transaction: Transaction) =>
      writeRecords(registry, target, ids, { [inverse]: owner === null ? null : pointer(owner) }, transaction),
  };
}
