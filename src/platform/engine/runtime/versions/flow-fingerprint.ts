import { hash } from 'node:crypto';
import type { Flow } from '../../flow.ts';
import { ruleSource } from './rule-source.ts';

/** Says how the fingerprint was made; one of another make is compared with nothing. */
const make = '2:';

type Source = (rule: string) => string;

/** A flow as text: its table, its schemas and the sources of its rules, members in order. */
function describe(value: unknown, source: Source, seen: readonly unknown[]): string {
  if (typeof value === 'function') return `fn ${source(value.toString())}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if (seen.includes(value)) return 'again';
  const path = [...seen, value];
  if (Array.isArray(value)) return `[${value.map((item) => describe(item, source, path)).join(',')}]`;
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  const members = entries.map(([name, member]) => `${JSON.stringify(name)}:${describe(member, source, path)}`).sort();
  return `{${members.join(',')}}`;
}

/**
 * What a flow's runs go by, as a hash. Comments and formatting of its rules do not change it, nor do its migrations, which may be
 * mended, nor what lists show of it, by which no run goes. What a rule calls in other files is not in it: only the rule's own source is.
 */
export function flowFingerprint(flow: Flow): string {
  const { migrates: _, effects: __, lists: ___, ...table } = flow.table;
  return make + hash('sha256', describe(table, ruleSource, []), 'hex');
}

/** As it was made before: of the sources as they stand. */
function formerFingerprint(flow: Flow): string {
  const { lists: _, ...table } = flow.table;
  return hash(
    'sha256',
    describe(table, (rule) => rule, []),
    'hex',
  );
}

/** Whether what was registered is this flow. */
export const isSameFlow = (registered: string, flow: Flow): boolean =>
  registered === (registered.startsWith(make) ? flowFingerprint(flow) : formerFingerprint(flow));
