import type { Ledger } from '../kit/index.ts';
import { describeObject } from './describe.ts';
import { type ObjectType, objectTypes } from './object-types.ts';
import type { Records, StoredRecord } from './records.ts';
import { isRefusal, type Refusal, type Reply, refusalReply, refuse } from './refusal.ts';
import { writtenFields, wrongWrite } from './save.ts';
import { isGone, type SchemaChanges, shownValue } from './schema-changes.ts';
import { evaluate } from './soql/evaluate.ts';
import type { PageSizes, Pages } from './soql/pages.ts';
import { parseStatement } from './soql/parse.ts';

/** A request after its token was found good. */
export interface Ask {
  readonly method: string;
  /** As in the path, e.g. `v62.0`. */
  readonly version: string;
  /** After the version: `query`, `sobjects/Opportunity/006…`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
  readonly sizes: PageSizes;
  readonly changes: SchemaChanges;
}

export interface RestNeeds {
  readonly records: Records;
  readonly pages: Pages;
  readonly ledger: Ledger;
}

/** What a script matches: `query`, `PATCH Opportunity`, `describe Account` … and the texts that it is about. */
export interface Named {
  readonly on: string;
  readonly texts: readonly string[];
}

/** Names a request for scripts. */
export function nameOf(ask: Ask, records: Records): Named {
  const [first = '', object = '', id = ''] = ask.path;
  const texts = [ask.query.get('q') ?? '', ask.body];
  if (first !== 'sobjects') return { on: first, texts };
  if (id === 'describe') return { on: `describe ${object}`, texts };
  const about = id === '' ? [] : [id, JSON.stringify(records.find(object, id) ?? {})];
  return { on: `${ask.method} ${object}`, texts: [...texts, ...about] };
}

const found = (body: unknown): Reply => ({ status: 200, body });
const notHere = refuse(404, 'NOT_FOUND', 'The requested resource does not exist');

function query(needs: RestNeeds, ask: Ask): Reply {
  const locator = ask.path[1];
  if (locator !== undefined) {
    const page = needs.pages.next(locator, ask.version, ask.sizes);
    return 'errorCode' in page ? refusalReply(page) : found(page);
  }
  const statement = parseStatement(ask.query.get('q') ?? '');
  if ('errorCode' in statement) return refusalReply(statement);
  const rows = evaluate({ records: needs.records, version: ask.version, changes: ask.changes }, statement);
  return found(needs.pages.first(rows, ask.version, ask.sizes));
}

function bodyOf(ask: Ask): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(ask.body);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    throw refuse(400, 'JSON_PARSER_ERROR', 'Unexpected character in the body');
  }
  throw refuse(400, 'JSON_PARSER_ERROR', 'The body must be an object');
}

function record(needs: RestNeeds, type: ObjectType, id: string): StoredRecord {
  const existing = needs.records.find(type.name, id);
  if (existing === undefined) throw notHere;
  if (existing.IsDeleted === true) throw refuse(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  return existing;
}

function read(ask: Ask, type: ObjectType, stored: StoredRecord): Reply {
  const wanted = ask.query.get('fields')?.split(',') ?? type.fields.map(({ name }) => name);
  const unknown = wanted.find((name) => !(name in stored) || isGone(ask.changes, type.name, name));
  if (unknown !== undefined) {
    throw refuse(400, 'INVALID_FIELD', `No such column '${unknown}' on entity '${type.name}'`);
  }
  const url = `/services/data/${ask.version}/sobjects/${type.name}/${stored.Id}`;
  const shown = (name: string) => shownValue(ask.changes, type.name, name, stored[name] ?? null);
  const fields = Object.fromEntries(['Id', ...wanted].map((name) => [name, shown(name)]));
  return found({ attributes: { type: type.name, url }, ...fields });
}

async function update(needs: RestNeeds, ask: Ask, type: ObjectType, id: string): Promise<Reply> {
  const body = bodyOf(ask);
  record(needs, type, id);
  const wrong = wrongWrite(type, body, 'updateable');
  if (wrong !== undefined) throw wrong;
  const stored = needs.records.update(type.name, id, writtenFields(body));
  await needs.ledger.append({ kind: `${type.name.toLowerCase()}-updated`, id: stored.Id, fields: writtenFields(body) });
  return { status: 204 };
}

async function create(needs: RestNeeds, ask: Ask, type: ObjectType): Promise<Reply> {
  const body = bodyOf(ask);
  const wrong = wrongWrite(type, body, 'createable');
  if (wrong !== undefined) throw wrong;
  const stored = needs.records.insert(type.name, writtenFields(body));
  await needs.ledger.append({ kind: `${type.name.toLowerCase()}-created`, id: stored.Id, fields: writtenFields(body) });
  return { status: 201, body: { id: stored.Id, success: true, errors: [] } };
}

async function remove(needs: RestNeeds, type: ObjectType, id: string): Promise<Reply> {
  const stored = record(needs, type, id);
  needs.records.remove(type.name, id);
  await needs.ledger.append({ kind: `${type.name.toLowerCase()}-deleted`, id: stored.Id });
  return { status: 204 };
}

async function sobjects(needs: RestNeeds, ask: Ask): Promise<Reply> {
  const [, object = '', id] = ask.path;
  const type = objectTypes.get(object);
  if (type === undefined) throw notHere;
  if (id === undefined) {
    if (ask.method === 'POST') return create(needs, ask, type);
    throw refuse(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${ask.method}' not allowed. Allowed are POST`);
  }
  if (id === 'describe') return found(describeObject(type, ask.version));
  if (ask.method === 'GET') return read(ask, type, record(needs, type, id));
  if (ask.method === 'PATCH') return update(needs, ask, type, id);
  if (ask.method === 'DELETE') return remove(needs, type, id);
  throw refuse(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${ask.method}' not allowed. Allowed are GET,PATCH,DELETE`);
}

/** Does what a request asks and says what the API answers. A write is in the ledger before this resolves. */
export async function rest(needs: RestNeeds, ask: Ask): Promise<Reply> {
  try {
    const [first] = ask.path;
    if (first === 'query' && ask.method === 'GET') return query(needs, ask);
    if (first === 'sobjects') return await sobjects(needs, ask);
    throw notHere;
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && isRefusal(thrown)) return refusalReply(thrown as Refusal);
    throw thrown;
  }
}
