import { crash, keyError } from '../wire/refusals.ts';
import type { Transaction } from './transaction.ts';

/** What is to be done with the other end of a relation: `['create', [{…}]]`, `['write', [ids], {…}]`, `['add', [ids]]` … */
export type Commands = readonly (readonly [name: string, ...rest: readonly unknown[]])[];

export function commandsOf(sent: unknown): Commands {
  if (sent === null || sent === undefined) return [];
  if (!Array.isArray(sent) || sent.some((command) => !Array.isArray(command) || typeof command[0] !== 'string')) {
    throw crash('a relation is written with a list of commands');
  }
  return sent as unknown as Commands;
}

const idsOf = (sent: unknown): readonly number[] => (Array.isArray(sent) ? sent.map(Number) : []);

/** The ids of a many2many after its commands. */
export function linkedIds(before: readonly number[], commands: Commands): readonly number[] {
  let ids = [...before];
  for (const [name, sent] of commands) {
    const given = idsOf(sent);
    if (name === 'add') ids = [...ids, ...given.filter((id) => !ids.includes(id))];
    else if (name === 'remove') ids = ids.filter((id) => !given.includes(id));
    else throw keyError(name);
  }
  return ids;
}

export interface ChildVerbs {
  create(owner: number, sent: object, transaction: Transaction): void;
  write(ids: readonly number[], sent: object, transaction: Transaction): void;
  erase(ids: readonly number[], transaction: Transaction): void;
  adopt(owner: number | null, ids: readonly number[], transaction: Transaction): void;
}

/** `[ids, {…}, ids, {…}, …]` */
function writePairs(verbs: ChildVerbs, pairs: readonly unknown[], transaction: Transaction): void {
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    verbs.write(idsOf(pairs[at]), (pairs[at + 1] ?? {}) as object, transaction);
  }
}

/** Applies the commands of a one2many: deletions first, then changes, then what is new. */
export function applyCommands(verbs: ChildVerbs, owner: number, commands: Commands, transaction: Transaction): void {
  const known = ['create', 'write', 'delete', 'add', 'remove'];
  for (const [name] of commands) if (!known.includes(name)) throw keyError(name);
  for (const [name, sent] of commands) if (name === 'delete') verbs.erase(idsOf(sent), transaction);
  for (const [name, ...sent] of commands) {
    if (name === 'write') writePairs(verbs, sent, transaction);
    if (name === 'add') verbs.adopt(owner, idsOf(sent[0]), transaction);
    if (name === 'remove') verbs.adopt(null, idsOf(sent[0]), transaction);
  }
  for (const [name, sent] of commands) {
    if (name === 'create')
      for (const values of (sent ?? []) as readonly object[]) verbs.create(owner, values, transaction);
  }
}
