import { fromWire } from '../wire/values.ts';
import { domainTest } from './domain.ts';
import type { Model } from './model.ts';
import { fieldNamed, type Registry } from './registry.ts';
import type { Row } from './row.ts';
import { orderFrom, sortRows } from './sort.ts';
import type { Transaction } from './transaction.ts';

/** The domain speaks of `active`, so that inactive records are wanted too. */
const speaksOf = (domain: unknown, name: string): boolean =>
  Array.isArray(domain) && (domain[0] === name || domain.some((part) => Array.isArray(part) && speaksOf(part, name)));

interface Narrowing {
  readonly size: number;
  readonly rows: () => readonly Row[];
}

/** The rows that a clause leaves, when an index knows them. */
function narrowedBy(model: Model, clause: unknown): Narrowing | undefined {
  if (!Array.isArray(clause) || clause.length !== 3 || typeof clause[0] !== 'string') return undefined;
  const [name, operator, operand] = clause;
  const wanted = operator === '=' ? [operand] : operator === 'in' && Array.isArray(operand) ? operand : undefined;
  if (wanted === undefined || wanted.some((one) => typeof one === 'object' && one !== null)) return undefined;
  if (name === 'id') {
    const ids = [...new Set(wanted.map(Number))];
    return { size: ids.length, rows: () => ids.flatMap((id) => model.table.get(id) ?? []) };
  }
  if (!model.table.indexed(name)) return undefined;
  const field = fieldNamed(model, name);
  if (field.relation !== undefined && wanted.some((one) => typeof one === 'string')) return undefined;
  const values = [...new Set(wanted.map((one) => fromWire(field.type, one)))];
  return {
    size: values.reduce((size: number, value) => size + model.table.count(name, value), 0),
    rows: () => values.flatMap((value) => model.table.by(name, value)),
  };
}

/** The smallest set of rows that an index gives for one of the clauses that must all hold. */
function narrowing(model: Model, domain: readonly unknown[]): readonly Row[] | undefined {
  const clauses = typeof domain[0] === 'string' ? (domain[0] === 'AND' ? domain.slice(1) : [domain]) : domain;
  let best: Narrowing | undefined;
  for (const clause of clauses) {
    const found = narrowedBy(model, clause);
    if (found !== undefined && (best === undefined || found.size < best.size)) best = found;
  }
  return best?.rows();
}

export interface Search {
  readonly domain: unknown;
  readonly offset?: unknown;
  readonly limit?: unknown;
  readonly order?: unknown;
}

/** The rows that a domain describes, in order, cut to the page. Inactive ones only when asked for. */
export function searchRows(registry: Registry, model: Model, search: Search, transaction: Transaction): readonly Row[] {
  const domain = Array.isArray(search.domain) ? search.domain : [];
  const holds = domainTest(registry, model, search.domain ?? [], transaction);
  const activeOnly =
    'active' in model.fields && transaction.context.active_test !== false && !speaksOf(domain, 'active');
  const order = orderFrom(model, search.order);
  const candidates = narrowing(model, domain) ?? model.table.all();
  const found: Row[] = [];
  for (const row of candidates) if ((!activeOnly || row.active === true) && holds(row)) found.push(row);
  const offset = typeof search.offset === 'number' ? search.offset : 0;
  const end = typeof search.limit === 'number' ? offset + search.limit : undefined;
  return sortRows(registry, model, found, order, transaction).slice(offset, end);
}
