import { crash } from '../wire/refusals.ts';
import { comparison, negated } from './comparison.ts';
import type { Field, Model } from './model.ts';
import { fieldValue } from './model.ts';
import { fieldNamed, modelNamed, type Registry } from './registry.ts';
import type { Row, Stored } from './row.ts';
import type { Transaction } from './transaction.ts';

/** Whether a row belongs to what was searched. */
export type Test = (row: Row) => boolean;

const isMany = (field: Field): boolean => field.type === 'one2many' || field.type === 'many2many';

/** The rows that a relation leads to; for a reference only those of the model asked for. */
function targets(value: Stored, target: Model, reference: boolean): readonly Row[] {
  if (value === null) return [];
  if (reference) {
    const [name, id] = String(value).split(',');
    const row = name === target.name ? target.table.get(Number(id)) : undefined;
    return row === undefined ? [] : [row];
  }
  const ids = Array.isArray(value) ? (value as readonly number[]) : [value as number];
  return ids.flatMap((id) => target.table.get(id) ?? []);
}

/** Everything at or below the wanted records, up the `parent` column. */
function childOf(target: Model, operand: unknown): (id: number) => boolean {
  const wanted = new Set((Array.isArray(operand) ? operand : [operand]).map(Number));
  return (id) => {
    for (let at: number | null = id; at !== null; at = (target.table.get(at)?.parent ?? null) as number | null) {
      if (wanted.has(at)) return true;
    }
    return false;
  };
}

/** Turns a domain into a test of rows. Throws what the real one says of unknown fields and operators. */
export function domainTest(registry: Registry, model: Model, domain: unknown, transaction: Transaction): Test {
  const through = (field: Field, name: string, model: Model, clause: readonly unknown[]): Test => {
    const reference = field.type === 'reference';
    const relation = reference ? clause[3] : field.relation;
    if (typeof relation !== 'string') throw crash(`"${model.name}.${name}" leads nowhere`);
    const target = modelNamed(registry, relation);
    const [path, operator, operand] = clause;
    const holds = test(target, [[String(path), operator, operand]]);
    return (row) => targets(fieldValue(field, name, row, transaction), target, reference).some(holds);
  };

  const related = (field: Field, name: string, model: Model, operator: string, operand: unknown): Test => {
    const target = modelNamed(registry, field.relation ?? '');
    if (operator === 'child_of') {
      const within = childOf(target, operand);
      // A tree asked about itself: the record is meant, not what is above it.
      if (target === model) return (row) => within(row.id);
      return (row) => targets(fieldValue(field, name, row, transaction), target, false).some(({ id }) => within(id));
    }
    if (operator === 'where') return through(field, name, model, ['id', 'in', searchIds(target, operand)]);
    const positive = negated[operator];
    if (positive !== undefined && operand !== null) {
      const holds = related(field, name, model, positive, operand);
      return (row) => !holds(row);
    }
    if (typeof operand === 'string') return through(field, name, model, ['rec_name', operator, operand]);
    if (!isMany(field)) {
      const holds = comparison('many2one', operator, operand);
      return (row) => holds(fieldValue(field, name, row, transaction));
    }
    if (operand === null) {
      const wantsNone = operator === '=';
      return (row) =>
        (((fieldValue(field, name, row, transaction) ?? []) as readonly number[]).length === 0) === wantsNone;
    }
    const holds = comparison('integer', operator, operand);
    return (row) => ((fieldValue(field, name, row, transaction) ?? []) as readonly number[]).some(holds);
  };

  const searchIds = (target: Model, nested: unknown): readonly number[] => {
    const holds = test(target, nested);
    return [...target.table.all()].filter(holds).map(({ id }) => id);
  };

  const clauseTest = (model: Model, clause: readonly unknown[]): Test => {
    const [path, operator, operand, ...rest] = clause;
    if (typeof operator !== 'string' || clause.length < 3) throw crash('not enough values to unpack (expected 3)');
    const [name = '', ...nested] = String(path).split('.');
    const field = fieldNamed(model, name);
    if (field.searchable === false) {
      throw crash(`Missing search function for field "${field.label}" in "${model.label}".`);
    }
    if (name === 'rec_name' && model.namedBy !== undefined) return byName(model, model.namedBy, operator, operand);
    if (nested.length > 0) return through(field, name, model, [nested.join('.'), operator, operand, ...rest]);
    if (field.relation !== undefined) return related(field, name, model, operator, operand);
    const holds = comparison(field.type, operator, operand);
    if (field.compute === undefined) return (row) => holds(row[name] ?? null);
    return (row) => holds(fieldValue(field, name, row, transaction));
  };

  const byName = (model: Model, names: readonly string[], operator: string, operand: unknown): Test => {
    const tests = names.map((name) => clauseTest(model, [name, operator, operand]));
    if (operator in negated) return (row) => tests.every((holds) => holds(row));
    return (row) => tests.some((holds) => holds(row));
  };

  const test = (model: Model, domain: unknown): Test => {
    if (!Array.isArray(domain)) throw crash('the domain must be a list');
    const [head, ...tail] = domain as readonly unknown[];
    if (head === undefined) return () => true;
    if (head === 'OR' || head === 'AND') {
      const tests = tail.map((part) => test(model, part));
      if (head === 'OR') return (row) => tests.some((holds) => holds(row));
      return (row) => tests.every((holds) => holds(row));
    }
    if (typeof head === 'string') return clauseTest(model, domain);
    const tests = domain.map((part) => test(model, part));
    return (row) => tests.every((holds) => holds(row));
  };

  return test(model, domain);
}
