import type { Flow } from '../../flow.ts';
import { versionName } from '../nodes/node-life.ts';

export interface FlowVersion {
  readonly flow: string;
  readonly version: number;
}

/** The flows that this node knows. */
export interface FlowRegistry {
  /** The newest version: what new runs get. Throws on an unknown name. */
  newest(name: string): Flow;
  /** The version a run has. Throws when this node does not know it. */
  version(name: string, version: number): Flow;
  has(name: string): boolean;
  hasVersion(name: string, version: number): boolean;
  /** The newest version that takes over runs of this one. */
  successor(name: string, version: number): Flow | undefined;
  /** The versions whose runs are taken over. */
  readonly migrating: readonly FlowVersion[];
  readonly all: readonly Flow[];
}

/** Throws when two flows have one name and version. */
export function createFlowRegistry(flows: readonly Flow[]): FlowRegistry {
  const versions = new Map<string, Flow>();
  const newest = new Map<string, Flow>();
  const successors = new Map<string, Flow>();
  const migrating = new Map<string, FlowVersion>();
  for (const flow of flows) {
    const name = versionName(flow.name, flow.version);
    if (versions.has(name)) throw new Error(`flow ${flow.name} version ${flow.version} is given twice`);
    versions.set(name, flow);
    const known = newest.get(flow.name);
    if (known === undefined || known.version < flow.version) newest.set(flow.name, flow);
    for (const { from } of flow.table.migrates ?? []) {
      const before = versionName(flow.name, from);
      if ((successors.get(before)?.version ?? 0) < flow.version) successors.set(before, flow);
      migrating.set(before, { flow: flow.name, version: from });
    }
  }
  return {
    newest: (name) => {
      const flow = newest.get(name);
      if (flow) return flow;
      throw new Error(`no flow is called ${name}: known are ${[...newest.keys()].join(', ') || 'none'}`);
    },
    version: (name, version) => {
      const flow = versions.get(versionName(name, version));
      if (flow) return flow;
      throw new Error(`flow ${name} version ${version} is not known to this node: run a program that has it`);
    },
    has: (name) => newest.has(name),
    hasVersion: (name, version) => versions.has(versionName(name, version)),
    successor: (name, version) => successors.get(versionName(name, version)),
    migrating: [...migrating.values()],
    all: flows,
  };
}
