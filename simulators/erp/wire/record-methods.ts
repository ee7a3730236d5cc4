import type { Model } from '../records/model.ts';
import { readRows, rowsOf } from '../records/read.ts';
import { fieldNamed } from '../records/registry.ts';
import { searchRows } from '../records/search.ts';
import { createRecord, deleteRecords, writeRecords } from '../records/write.ts';
import { idsFrom, type Method, type RpcCall } from './call.ts';
import { crash } from './refusals.ts';
import { toWire } from './values.ts';

const namesFrom = (sent: unknown): readonly string[] =>
  Array.isArray(sent) ? sent.map(String) : sent === null || sent === undefined ? ['id'] : [String(sent)];

/** Ids that may stand more than once. */
const idList = (sent: unknown): readonly number[] => (Array.isArray(sent) ? sent.flatMap(idsFrom) : idsFrom(sent));

function search(model: Model, { params, transaction, registry }: RpcCall) {
  const [domain, offset, limit, order] = params;
  return searchRows(registry, model, { domain, offset, limit, order }, transaction);
}

function create(model: Model, { params, transaction, registry }: RpcCall): readonly number[] {
  const [list] = params;
  if (!Array.isArray(list)) throw crash('create wants a list of records');
  return list.map((values) => createRecord(registry, model, values as object, transaction));
}

/** `[ids, values, ids, values, …]` */
function write(model: Model, { params, transaction, registry }: RpcCall): null {
  if (params.length < 2) throw crash("write() missing 1 required positional argument: 'values'");
  for (let at = 0; at + 1 < params.length; at += 2) {
    writeRecords(registry, model, idsFrom(params[at]), (params[at + 1] ?? {}) as object, transaction);
  }
  return null;
}

/** Which fields there are: type, label, what they lead to. Less than the real one tells. */
function describe(model: Model, { params }: RpcCall): object {
  const [names] = params;
  const wanted = Array.isArray(names) && names.length > 0 ? names.map(String) : Object.keys(model.fields);
  return Object.fromEntries(
    wanted.map((name) => {
      const { type, label, relation, required } = fieldNamed(model, name);
      return [name, { name, type, string: label, required: required ?? false, ...(relation ? { relation } : {}) }];
    }),
  );
}

function defaults(model: Model, { params, transaction }: RpcCall): object {
  const values = model.defaults(transaction);
  return Object.fromEntries(
    namesFrom(params[0]).flatMap((name) => {
      const field = fieldNamed(model, name);
      return name in values ? [[name, toWire(field.type, values[name] ?? null)]] : [];
    }),
  );
}

/** What every model can be asked. */
export const recordMethods: Readonly<Record<string, Method>> = {
  search: (model, call) => search(model, call).map(({ id }) => id),
  search_count: (model, call) => search(model, { ...call, params: [call.params[0]] }).length,
  search_read: (model, call) =>
    readRows(call.registry, model, search(model, call), namesFrom(call.params[4]), call.transaction),
  read: (model, { params, registry, transaction }) => {
    // As from the database: each record once, in no order that was asked for.
    const ids = [...new Set(idList(params[0]))].toSorted((a, b) => a - b);
    return readRows(registry, model, rowsOf(model, ids, 'read'), namesFrom(params[1]), transaction);
  },
  create,
  write,
  delete: (model, { params, transaction }) => {
    deleteRecords(model, idsFrom(params[0]), transaction);
    return null;
  },
  fields_get: describe,
  default_get: defaults,
};
