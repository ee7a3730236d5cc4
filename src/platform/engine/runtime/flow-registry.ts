import { hash } from 'node:crypto';
import type { Database } from '#platform/storage';
import type { Flow } from '../flow.ts';
import { registerFlow } from './sql/flows.ts';

/** The flows that this node knows. */
export interface FlowRegistry {
  /** The newest version: what new runs get. Throws on an unknown name. */
  newest(name: string): Flow;
  /** The version a run has. Throws when this node does not know it. */
  version(name: string, version: number): Flow;
  has(name: string): boolean;
  hasVersion(name: string, version: number): boolean;
  readonly all: readonly Flow[];
}

/** A flow as text: its table, its schemas and the sources of its rules, members in order. */
function describe(value: unknown, seen: readonly unknown[]): string {
  if (typeof value === 'function') return `fn ${value.toString()}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if (seen.includes(value)) return 'again';
  const path = [...seen, value];
  if (Array.isArray(value)) return `[${value.map((item) => describe(item, path)).join(',')}]`;
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  const members = entries.map(([name, member]) => `${JSON.stringify(name)}:${describe(member, path)}`).sort();
  return `{${members.join(',')}}`;
}

export const flowFingerprint = (flow: Flow): string => hash('sha256', describe(flow.table, []), 'hex');

/** Throws when two flows have one name and version. */
export function createFlowRegistry(flows: readonly Flow[]): FlowRegistry {
  const versions = new Map<string, Flow>();
  const newest = new Map<string, Flow>();
  for (const flow of flows) {
    const name = `${flow.name}@${flow.version}`;
    if (versions.has(name)) throw new Error(`flow ${flow.name} version ${flow.version} is given twice`);
    versions.set(name, flow);
    const known = newest.get(flow.name);
    if (known === undefined || known.version < flow.version) newest.set(flow.name, flow);
  }
  return {
    newest: (name) => {
      const flow = newest.get(name);
      if (flow) return flow;
      throw new Error(`no flow is called ${name}: known are ${[...newest.keys()].join(', ') || 'none'}`);
    },
    version: (name, version) => {
      const flow = versions.get(`${name}@${version}`);
      if (flow) return flow;
      throw new Error(`flow ${name} version ${version} is not known to this node: run a program that has it`);
    },
    has: (name) => newest.has(name),
    hasVersion: (name, version) => versions.has(`${name}@${version}`),
    all: flows,
  };
}

/** Records each flow's fingerprint. Throws when one changed under the same version: its runs would be read by other rules. */
export async function registerFlows(database: Database, flows: readonly Flow[]): Promise<void> {
  for (const flow of flows) {
    const fingerprint = flowFingerprint(flow);
    const { rows } = await database.pool.query<{ fingerprint: string }>(registerFlow, [
      flow.name,
      flow.version,
      fingerprint,
    ]);
    if (rows[0]?.fingerprint !== fingerprint) {
      throw new Error(
        `flow ${flow.name} changed but is still version ${flow.version}: give it version ${flow.version + 1}, and keep the old one for its runs`,
      );
    }
  }
}
