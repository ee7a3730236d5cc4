import type { Model } from '../records/model.ts';
import { rowsOf } from '../records/read.ts';
import type { Registry } from '../records/registry.ts';
import type { Transaction } from '../records/transaction.ts';
import { crash } from './refusals.ts';

/** What a method is called with: its parameters, the context taken off. */
export interface RpcCall {
  readonly params: readonly unknown[];
  readonly transaction: Transaction;
  readonly registry: Registry;
}

export type Method = (model: Model, call: RpcCall) => unknown;

/** A list of ids that may stand only once each. */
export function idsFrom(sent: unknown): readonly number[] {
  const ids = Array.isArray(sent) ? sent : [sent];
  const wrong = ids.find((id) => !Number.isInteger(id));
  if (wrong !== undefined || sent === undefined) throw crash(`invalid literal for int() with base 10: '${wrong}'`);
  if (new Set(ids).size !== ids.length) throw crash('Duplicate ids');
  return ids as readonly number[];
}

/** The ids of records that exist. */
export function knownIds(model: Model, sent: unknown): readonly number[] {
  const ids = idsFrom(sent);
  rowsOf(model, ids, 'read');
  return ids;
}
